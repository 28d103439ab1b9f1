import { Context, Page, pageOf, Query } from '@homeward/http';
import type { Day } from '@homeward/kernel';
import { Database, NotFound, type RequestContext } from '@homeward/persistence';
import { Controller, Get, Param } from '@nestjs/common';
import { ConsentOfPerson } from '../../adapters/consent.dto';
import { CONSENT, decidedIn } from '../../adapters/consent.repository';
import { callerOf, mayRead, meantBy, TODAY } from '../../adapters/related';
import type { Consent } from '../../domain/consent';
import { isToBeRenewed, stateOf, type Decided } from '../../domain/consent-now';

@Controller('people')
export class ConsentsController {
  constructor(private readonly database: Database) {}

  @Query({
    action: 'list-consents',
    summary: 'What was decided about taking part and sharing',
    description: 'All that was ever decided, under each id of the person, the latest recorded first.',
    may: ['intake', 'triage-clinician', 'team-lead', 'coordinator', 'manager', 'person', 'privacy'],
    answer: pageOf(ConsentOfPerson),
    example: {
      items: [
        {
          ...{ id: '0199b6a0-0000-7000-8000-000000000060', purpose: 'review', state: 'in-effect', toBeRenewed: false },
          ...{ answer: 'yes', scope: ['review-held'], authority: 'person', decidedBy: null, assessment: null },
          ...{ explained: ['easy-read'], supportedBy: null, words: 'Yes. Not my uncle.', on: '2026-11-25' },
          ...{ reviewBy: '2027-11-25', withdrawnAt: null },
        },
      ],
    },
  })
  @Get(':id/consents')
  async list(@Context() context: RequestContext, @Param('id') id: string): Promise<Page<ConsentOfPerson>> {
    const statement = {
      text: `SELECT p.person_id, p.birth_date::text, ${TODAY}::text AS today, ${CONSENT}
        FROM person p LEFT JOIN consent c ON c.means_id = p.person_id
        WHERE ${meantBy('p', '$3')} AND ${mayRead('p', context.role)} ORDER BY c.recorded_at DESC, c.id`,
      values: [...callerOf(context.principal), id],
    };
    const rows = await this.database.read(context, statement, { subject: `consents/${id}` });
    if (rows.length === 0) throw new NotFound('person');
    const [decided, today] = [decidedIn(rows), String(rows[0]?.['today'])];
    return new Page(decided.consents.map((consent) => toShown(consent, decided, today)));
  }
}

function toShown(consent: Consent, decided: Decided, today: Day): ConsentOfPerson {
  const { id, purpose, answer, scope, authority, decidedBy, assessment, explained, supportedBy, words } = consent;
  const { on, reviewBy, withdrawnAt } = consent;
  return {
    ...{ id, purpose, state: stateOf(consent, decided, today), toBeRenewed: isToBeRenewed(consent, decided, today) },
    ...{ answer, scope, authority, decidedBy, assessment, explained, supportedBy, words, on, reviewBy, withdrawnAt },
  };
}
