import { configurationPage } from './configuration';
import { eventsPage } from './events';
import { permissionsPage } from './permissions';

/** The pages of `docs/reference`, each a function of the code. */
export const PAGES: Record<string, () => string> = {
  'events.md': eventsPage,
  'permissions.md': permissionsPage,
  'configuration.md': configurationPage,
};
