export { isDevelopmentIssuer, IssuerUnavailable } from './issuer';
export * from './permission';
export * from './permission.guard';
export * from './rebuild-relationships';
export * from './relationships';
export * from './service-token';
export * from './verifier';
