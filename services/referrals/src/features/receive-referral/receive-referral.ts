import { BoardDecisions, PersonFacts } from '@homeward/http';
import { Database, type CommandContext, type Outcome } from '@homeward/persistence';
import { Injectable } from '@nestjs/common';
import { recorded } from '../../adapters/referral.decision';
import { Registrations, type PersonDetails } from '../../adapters/registrations';
import { findTeam, foundTeam } from '../../adapters/team-directory';
import { callNow } from '../../domain/immediate-risk';
import { intakeOf, receive, type Request, type Team } from '../../domain/referral';
import { warningsOf } from '../../domain/warnings';

type Stated =
  'id' | 'intakeTeamId' | 'sourceCode' | 'primaryReasonCode' | 'priority' | 'immediateRisk' | 'consent' | 'reason';

export interface ReceiveReferral extends Pick<Request, Stated> {
  /** Whom: by id, or by what the referrer knows of them (DEC-33). */
  person: { id: string } | PersonDetails;
  /** When it reached any part of the provider; now, unless said (REF-04). */
  receivedAt?: Date;
}

@Injectable()
export class ReceiveReferralHandler {
  constructor(
    private readonly database: Database,
    private readonly facts: PersonFacts,
    private readonly registrations: Registrations,
    private readonly boards: BoardDecisions,
  ) {}

  /** The intake is looked up first, so that a mistyped one leaves nobody registered without a referral. */
  async receive(context: CommandContext, command: ReceiveReferral): Promise<Outcome> {
    const intake = await this.intake(context, command.intakeTeamId);
    const personId = await this.personId(context, command.person);
    const decided = await this.boards.about(personId, context);
    const { person, receivedAt, ...stated } = command;
    return this.database.write(
      context,
      { keys: [`person/${personId}`] },
      {
        decide: (_, { now }) => {
          const request: Request = {
            ...stated,
            personId,
            personIdGiven: 'id' in person,
            referrerOrganisation: context.principal.organisation,
            intakeOrganisation: intake.organisation,
            receivedAt: receivedAt ?? now,
          };
          const warnings = warningsOf(request, now);
          const also = {
            ...(warnings.length > 0 ? { warnings } : {}),
            ...(request.immediateRisk ? { immediate: { callNow: callNow(intake) } } : {}),
          };
          const { organisation } = context.principal;
          return recorded(undefined, receive(request, now), organisation, also, { known: [], now, decided });
        },
      },
    );
  }

  private async intake(context: CommandContext, teamId: string): Promise<Team> {
    const found = await this.database.read(context, findTeam(teamId), { subject: `team/${teamId}`, people: false });
    return intakeOf(foundTeam(found).team);
  }

  private async personId(context: CommandContext, person: ReceiveReferral['person']): Promise<string> {
    if (!('id' in person)) return this.registrations.register(context, person);
    await this.facts.of(person.id, context);
    return person.id;
  }
}
