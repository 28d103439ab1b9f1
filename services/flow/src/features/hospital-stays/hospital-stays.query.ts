import { inUtc, type Principal, type Statement } from '@homeward/persistence';
import { FACT_COLUMNS } from '../../adapters/accountability.repository';
import { callerOf, MAY_READ_EPISODE, related } from '../../adapters/related';

/** A stay, once with each fact of its person: what became of it is a fold of them. */
export const hospitalStayFor = (caller: Principal, id: string): Statement => ({
  text: `SELECT s.id AS stay_id, s.person_id, s.version, ${inUtc('s.discharge_accepted_at')} AS accepted_at,
      ${FACT_COLUMNS}
    FROM hospital_stay s JOIN accountability_fact f ON f.person_id = s.person_id LEFT JOIN team t ON t.id = f.team_id
    WHERE s.id = $3 AND ${related('s', MAY_READ_EPISODE)}`,
  values: [...callerOf(caller), id],
});
