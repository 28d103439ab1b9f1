import type { Decision } from '@homeward/persistence';
import { statusOf, type KnownPerson } from '../domain/known-person';
import type { Warning } from '../domain/warnings';

/** What a change of a person answers and leaves in the audit; nothing of what was changed. */
export function answered(person: KnownPerson, warnings: Warning[] = []): Pick<Decision, 'outcome' | 'audit'> {
  const { personId, version } = person;
  const links = { self: `/people/${personId}` };
  const body = { id: personId, version, status: statusOf(person), links, ...(warnings.length > 0 ? { warnings } : {}) };
  return {
    outcome: { status: 200, body, etag: version },
    audit: { subject: `person/${personId}`, personIds: [personId] },
  };
}
