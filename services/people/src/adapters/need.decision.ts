import { instantOf } from '@homeward/kernel';
import type { CommandContext, Decision } from '@homeward/persistence';
import type { KnownPerson } from '../domain/known-person';
import type { NeedDecided } from '../domain/needs';
import type { Warning } from '../domain/warnings';
import { keepHistory, personChange } from './known-person.repository';
import { needChange } from './need.repository';
import { answered } from './person-answer';
import { needPublished } from './person.publication';

/** The person has another version: what they need is shown with them. */
export function needDecided(
  context: CommandContext,
  person: KnownPerson,
  decided: NeedDecided,
  at: Date,
  warnings: Warning[] = [],
): Decision {
  const after = { ...person, version: person.version + 1 };
  const { outcome, audit } = answered(after, warnings);
  return {
    changes: [
      personChange(person, after),
      needChange(person.personId, decided.need, at),
      keepHistory(context, person, 'need', { need: decided.before }, at),
    ],
    events: [needPublished(person.personId, decided, instantOf(at))],
    outcome: { ...outcome, body: { ...outcome.body, needId: decided.need.id } },
    audit,
  };
}
