import { chaosPage } from './chaos';
import { configurationPage } from './configuration';
import { eventsPage } from './events';
import { hazardLogPage } from './hazards';
import { performancePage } from './performance';
import { permissionsPage } from './permissions';
import { rulesPage } from './rules';

/** The pages of `docs` that are made, each a function of the code. */
export const PAGES: Record<string, () => string> = {
  'reference/chaos.md': chaosPage,
  'reference/events.md': eventsPage,
  'reference/performance.md': performancePage,
  'reference/permissions.md': permissionsPage,
  'reference/configuration.md': configurationPage,
  'reference/rules.md': rulesPage,
  'clinical-safety/hazard-log.md': hazardLogPage,
};
