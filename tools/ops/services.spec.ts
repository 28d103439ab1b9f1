import { refuseSharedSegments } from '@homeward/bootstrap';
import { SERVICES } from './services';

it('no segment of the public address has two owners', () => {
  expect(() => refuseSharedSegments(SERVICES)).not.toThrow();
});

it('every service, and every projection of a service, has a name of its own', () => {
  const names = SERVICES.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  const projections = SERVICES.flatMap((service) => service.projections.map((one) => `${service.name}/${one.name}`));
  expect(new Set(projections).size).toBe(projections.length);
});
