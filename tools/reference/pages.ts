import { chaosPage } from './chaos';
import { configurationPage } from './configuration';
import { eventsPage } from './events';
import { performancePage } from './performance';
import { permissionsPage } from './permissions';

/** The pages of `docs/reference`, each a function of the code. */
export const PAGES: Record<string, () => string> = {
  'chaos.md': chaosPage,
  'events.md': eventsPage,
  'performance.md': performancePage,
  'permissions.md': permissionsPage,
  'configuration.md': configurationPage,
};
