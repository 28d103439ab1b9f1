import type { RelationshipChange, RelationshipSource } from '../event-contract';
import { odsCode, uuid } from '../schema';

/** Every later event of a referral says whose intake holds the person; flow counts on it (DEC-04). */
export const heldBy = {
  referralId: uuid('The referral'),
  intakeOrganisation: odsCode('Whose intake holds the person'),
  intakeTeamId: uuid('The intake that holds the person'),
};

interface Team {
  organisation: string;
  teamId: string;
}
type About = RelationshipSource<{ referralId: string }>;

const change = (
  { data, personId, occurredAt }: About,
  { organisation, teamId }: Team,
  what: Pick<RelationshipChange, 'change' | 'kind'>,
): RelationshipChange => ({
  ...what,
  personId,
  organisation,
  holder: `team/${teamId}`,
  subject: `referral/${data.referralId}`,
  at: occurredAt,
});

export const opensIntake = (about: About, team: Team) => change(about, team, { change: 'open', kind: 'intake' });
export const endsIntake = (about: About, team: Team) => change(about, team, { change: 'end', kind: 'intake' });
/** The intake that a referral was passed to sees it until it acknowledges, or the sender takes it back. */
export const opensReceiving = (about: About, team: Team) =>
  change(about, team, { change: 'open', kind: 'receiving-team' });
export const endsReceiving = (about: About, team: Team) =>
  change(about, team, { change: 'end', kind: 'receiving-team' });
