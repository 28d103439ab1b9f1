import { isDevelopmentIssuer } from './issuer';

it.each(['http://localhost:8100', 'http://127.0.0.1:8100/', 'http://[::1]:8100', 'http://issuer:8080'])(
  '%s is the development issuer',
  (issuer) => expect(isDevelopmentIssuer(issuer)).toBe(true),
);

it.each([
  'http://localhost:8100@issuer.example',
  'http://issuer:8080@issuer.example/',
  'http://localhost.example',
  'https://issuer.example/issuer',
  'https://issuer',
])('%s is not, though it says so somewhere', (issuer) => expect(isDevelopmentIssuer(issuer)).toBe(false));
