import { calibration, type Calibration } from '../tools/population/calibration';
import type { Plan } from '../tools/population/lives';

/** A few people for half a year. */
export const PLAN: Plan = { seed: '974', people: 16, begin: new Date('2025-11-25T00:00:00Z'), days: 150 };
/** So few that much has to happen to each. */
export const EVENTFUL: Calibration = {
  ...calibration(),
  ...{ transferToIntensiveSupport: 0.6, hospitalStayInAYear: 2, hospitalStayDays: { '3-28': 1 }, hospitalMove: 0.5 },
  ...{ diesInAYear: 2, movesHomeInAYear: 1, isCorrected: 0.3, isRegisteredTwice: 0.3 },
};
