/** What may be written of an error. */
export interface ErrorSummary {
  name: string;
  /** A code of ours, of Node or of a driver: `ECONNREFUSED`, `unknown-team`. */
  code?: string;
  sqlState?: string;
  /** Where it came from: function and place, without the message. */
  frames: string[];
  cause?: ErrorSummary;
}

const FRAME = /^\s+at (?:[\w$.<>[\] ]+ )?\(?(?:node:|file:\/\/|\/)[^\s()]+:\d+:\d+\)?$/;
const CODE = /^[A-Za-z0-9][A-Za-z0-9_.-]{1,60}$/;
const SQL_STATE = /^[0-9A-Z]{5}$/;
const FRAMES = 12;
const CAUSES = 3;

/** An error without its message: messages of drivers and parsers quote the data that they tripped over. */
export function summariseError(error: unknown, causes = CAUSES): ErrorSummary {
  if (!(error instanceof Error)) return { name: typeof error, frames: [] };
  const code = 'code' in error && typeof error.code === 'string' && CODE.test(error.code) ? error.code : undefined;
  const isSqlState = code !== undefined && SQL_STATE.test(code) && 'severity' in error;
  return {
    name: CODE.test(error.name) ? error.name : 'Error',
    ...(isSqlState ? { sqlState: code } : code !== undefined && { code }),
    frames: framesOf(error),
    ...(error.cause !== undefined && causes > 0 && { cause: summariseError(error.cause, causes - 1) }),
  };
}

/** The stack begins with the message, which may have lines of its own; only lines that name a place are taken. */
function framesOf(error: Error): string[] {
  const stack = error.stack ?? '';
  const header = stack.indexOf(error.message);
  const behind = header === -1 ? stack : stack.slice(header + error.message.length);
  const frames = behind.split('\n').filter((line) => FRAME.test(line));
  return frames.slice(0, FRAMES).map((line) => line.trim().slice(3));
}
