import { DomainError, instantOf } from '@homeward/kernel';
import { Database, NotFound, type CommandContext, type Outcome } from '@homeward/persistence';
import { Injectable } from '@nestjs/common';
import { joined } from '../../adapters/team.publication';
import { insertPractitioner, loadMembers, loadTeams, toTeam, type Practitioner } from '../../adapters/team.repository';

@Injectable()
export class AddPractitioner {
  constructor(private readonly database: Database) {}

  add(context: CommandContext, teamId: string, practitioner: Practitioner): Promise<Outcome> {
    const streams = {
      select: { text: `SELECT 'team/' || id AS key FROM team WHERE id = $1`, values: [teamId] },
      what: 'team',
    };
    return this.database.write(context, streams, {
      load: [loadTeams(teamId), loadMembers(teamId)],
      decide: ([teams, members], { now }) => {
        const row = teams?.[0];
        if (!row) throw new NotFound('team');
        const team = toTeam(row);
        if (team.organisation !== context.principal.organisation) {
          throw new DomainError(
            'team-of-another-organisation',
            'Only its own organisation says who is in a team.',
            'rule',
          );
        }
        if (members?.some(({ id }) => id === practitioner.id)) {
          throw new DomainError('practitioner-in-team-already', 'They are in this team already.');
        }
        return {
          changes: [insertPractitioner(teamId, practitioner, now)],
          events: [joined(practitioner.id, team, instantOf(now))],
          outcome: {
            status: 201,
            body: { id: practitioner.id, version: 1, status: 'in-team', links: { team: `/teams/${teamId}` } },
            etag: 1,
            location: `/teams/${teamId}`,
          },
          audit: { subject: `team/${teamId}`, personIds: [] },
        };
      },
    });
  }
}
