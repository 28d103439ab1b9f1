import { instantOf, londonDate } from '@homeward/kernel';
import { checkVersion, Database, type CommandContext, type Outcome, type Statement } from '@homeward/persistence';
import { Injectable } from '@nestjs/common';
import { askWho, settleQuestions } from '../../adapters/identity-question.repository';
import { keepHistory, knownPerson, loadPerson, lockPerson, personChange } from '../../adapters/known-person.repository';
import { PeopleKeys } from '../../adapters/people-keys';
import { answered } from '../../adapters/person-answer';
import { factsChanged } from '../../adapters/person.publication';
import { meantBy } from '../../adapters/related';
import { correctPerson, type Correction } from '../../domain/correction';
import { bareNumber } from '../../domain/person';

@Injectable()
export class CorrectPerson {
  constructor(
    private readonly database: Database,
    private readonly keys: PeopleKeys,
  ) {}

  /** Answers alike whether a corrected number was somebody's already: that is for the managers to settle (DEC-33). */
  correct(context: CommandContext, id: string, correction: Correction, questionId: string): Promise<Outcome> {
    const number = correction.nhsNumber ? bareNumber(correction.nhsNumber) : null;
    const locks = number === null ? [] : [this.keys.lockOf(number, questionId)];
    return this.database.write(context, lockPerson(context.principal, id, locks), {
      load: [loadPerson(id), loadOthers(id, number, correction)],
      decide: ([people, others], { now }) => {
        const person = knownPerson(people?.[0]);
        checkVersion(context, person.version);
        const [of] = others ?? [];
        const known = { haveBoth: of?.['has_both'] === true, haveNumber: of?.['has_number'] === true };
        const { before, after } = correctPerson(person, correction, known, londonDate(now));
        const { personId } = after;
        const asks = after.provisional && !before.provisional;
        return {
          changes: [
            personChange(before, after),
            keepHistory(context, before, 'identity', before.identity, now),
            askWho(questionId, personId, context.principal.organisation, now, asks),
            settleQuestions(after.provisional ? [] : [personId], now),
          ],
          events: [factsChanged(personId, instantOf(now))],
          ...answered(after),
        };
      },
    });
  }
}

/** What others have under the number and birth date that the person will have. */
const loadOthers = (id: string, number: string | null, correction: Correction): Statement => ({
  text: `SELECT m.has_both, m.has_number FROM person p CROSS JOIN match_other_person(
      CASE WHEN $3 THEN NULL ELSE coalesce($2, p.nhs_number) END, coalesce($4::date, p.birth_date), ARRAY[p.person_id]) AS m
    WHERE ${meantBy('p', '$1')}`,
  values: [id, number, correction.nhsNumberAbsentReason !== undefined, correction.birthDate ?? null],
});
