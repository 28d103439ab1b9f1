import { instantOf } from '@homeward/kernel';
import { Database, NotFound, type CommandContext, type Outcome, type Work } from '@homeward/persistence';
import { Injectable } from '@nestjs/common';
import { loadFacts, toFact } from '../../adapters/accountability.repository';
import { dischargeAccepted } from '../../adapters/hospital-stay.publication';
import { loadStay, personOfStay, toStay, updateStay } from '../../adapters/hospital-stay.repository';
import { settleWorkItems } from '../../adapters/work-item.repository';
import { acceptDischarge } from '../../domain/hospital-stay';

@Injectable()
export class AcceptDischarge {
  constructor(private readonly database: Database) {}

  accept(context: CommandContext, id: string): Promise<Outcome> {
    const work: Work = {
      load: [loadStay(id), loadFacts({ stay: id })],
      decide: ([stays, facts = []], { now }) => {
        if (!stays?.[0]) throw new NotFound('hospital-stay');
        const { personId, version, dischargeAcceptedAt } = toStay(id, stays[0]);
        const discharge = acceptDischarge(facts.map(toFact), {
          hospitalStayId: id,
          byOrganisation: context.principal.organisation,
          acceptedAlready: dischargeAcceptedAt !== null,
        });
        const self = `/hospital-stays/${id}`;
        return {
          changes: [updateStay(id, version, now), settleWorkItems(personId, now, 'discharge-not-accepted')],
          events: [dischargeAccepted(personId, discharge, instantOf(now))],
          outcome: {
            status: 200,
            body: { id, version: version + 1, status: 'ended', links: { self } },
            etag: version + 1,
          },
          audit: { subject: `hospital-stay/${id}`, personIds: [personId] },
        };
      },
    };
    // What the hospital's team was asked is settled too, which the community team does not see.
    return this.database.write(context, personOfStay(context.principal, id), work, { as: 'worker' });
  }
}
