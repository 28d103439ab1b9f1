import { createHmac } from 'node:crypto';

/** One secret a service, and from it a key for each use, so that what one signs no other accepts. */
export const deriveKey = (secret: string, use: string): Buffer =>
  createHmac('sha256', secret).update(`homeward/${use}`).digest();

export const sign = (key: Buffer, ...parts: unknown[]): string =>
  createHmac('sha256', key).update(JSON.stringify(parts)).digest('base64url');
