import { instantOf, type Instant } from '@homeward/kernel';
import { Database, NotFound, StaleWrite, type CommandContext, type Outcome } from '@homeward/persistence';
import { Injectable } from '@nestjs/common';
import { loadConsent, lockWithConsent, toConsent, withdrawalChange } from '../../adapters/consent.repository';
import { knownPerson, loadPerson } from '../../adapters/known-person.repository';
import { consentPublished } from '../../adapters/person.publication';
import { withdrawConsent } from '../../domain/consent';

@Injectable()
export class WithdrawConsent {
  constructor(private readonly database: Database) {}

  /** `withdrawnAt`: now, unless said. It is published where the decision was, so that it comes after it (CON-4). */
  withdraw(context: CommandContext, id: string, consentId: string, withdrawnAt?: Instant): Promise<Outcome> {
    return this.database.write(context, lockWithConsent(context.principal, id, consentId), {
      load: [loadPerson(id), loadConsent(id, consentId)],
      decide: ([people, consents], { now }) => {
        const { personId } = knownPerson(people?.[0]);
        const row = consents?.[0];
        if (!row) throw new NotFound('consent');
        if (row['locked'] !== true) throw new StaleWrite('the person was merged meanwhile');
        const withdrawn = withdrawConsent(toConsent(row), withdrawnAt ?? instantOf(now), instantOf(now));
        const links = { person: `/people/${personId}`, consents: `/people/${personId}/consents` };
        return {
          changes: [withdrawalChange(withdrawn)],
          events: [consentPublished(withdrawn)],
          outcome: { status: 200, body: { id: consentId, status: 'withdrawn', links } },
          audit: { subject: `consent/${consentId}`, personIds: [personId] },
        };
      },
    });
  }
}
