import { DomainError } from '@homeward/kernel';
import { Database, NotFound, type CommandContext, type Outcome } from '@homeward/persistence';
import { Injectable } from '@nestjs/common';
import { loadWorkItem, personOfWorkItem, settleWorkItem, type WorkItemKind } from '../../adapters/work-item.repository';

/** The team that was asked says that it is done; what the other team was asked is the other's. */
@Injectable()
export class SettleWorkItem {
  constructor(private readonly database: Database) {}

  settle(context: CommandContext, id: string): Promise<Outcome> {
    return this.database.write(context, personOfWorkItem(context.principal, id), {
      load: [loadWorkItem(id)],
      decide: ([rows], { now }) => {
        const item = rows?.[0];
        if (!item) throw new NotFound('work-item');
        settledByHand(item['kind'] as WorkItemKind);
        if (item['settled_at'] !== null)
          throw new DomainError('work-item-settled-already', 'This work item is settled already.');
        return {
          changes: [settleWorkItem(id, now)],
          events: [],
          outcome: {
            status: 200,
            body: { id, status: 'settled', links: { workItems: `/teams/${item['team_id'] as string}/work-items` } },
          },
          audit: { subject: `work-item/${id}`, personIds: [item['person_id'] as string] },
        };
      },
    });
  }
}

/** Nobody says by the way that a person leaving hospital was taken over. */
function settledByHand(kind: WorkItemKind): void {
  if (kind !== 'discharge-not-accepted') return;
  throw new DomainError('discharge-to-be-accepted', 'Accept the discharge: that settles it.', 'rule', 'DEC-02');
}
