import { PRIORITIES, REJECTION_REASONS, RISK_BANDS } from '@homeward/contracts';
import { ApiProperty } from '@nestjs/swagger';
import { toReferral, type ReferralRow } from '../../adapters/referral.row';
import { CONSENTS, type Acceptance, type Referral, type Rejection } from '../../domain/referral';
import { RIGHT_TO_CHALLENGE } from '../../domain/right-to-challenge';

const INSIDE = 'For the intake and the accepting team.';

export class ReferralDutyHolder {
  @ApiProperty({ format: 'uuid' }) practitionerId!: string;
  @ApiProperty({ format: 'date-time', description: 'When this duty ends.' }) until!: string;
}

export class ReferralAcceptance {
  @ApiProperty({ format: 'date-time' }) acceptedAt!: string;
  @ApiProperty({ format: 'uuid' }) teamId!: string;
  @ApiProperty({ required: false, description: 'Of the team.' }) telephone?: string;
  @ApiProperty({ required: false, enum: PRIORITIES, description: INSIDE }) priority?: string;
  @ApiProperty({ required: false, format: 'uuid', description: INSIDE }) coordinatorId?: string;
  @ApiProperty({ required: false, type: ReferralDutyHolder, description: INSIDE }) dutyHolder?: ReferralDutyHolder;
}

export class ReferralRejection {
  @ApiProperty({ format: 'date-time' }) rejectedAt!: string;
  @ApiProperty({ enum: REJECTION_REASONS, description: 'National list.' }) reasonCode!: string;
  @ApiProperty() localReasonCode!: string;
  @ApiProperty({ type: [String], description: 'Where help may be found.' }) signpostCodes!: string[];
  @ApiProperty() rightToChallenge!: string;
  @ApiProperty({ required: false, type: [String], description: INSIDE }) criterionCodes?: string[];
  @ApiProperty({ required: false, description: INSIDE }) criteriaVersion?: string;
  @ApiProperty({ required: false, enum: RISK_BANDS, description: INSIDE }) riskBand?: string;
  @ApiProperty({ required: false, description: INSIDE }) explanation?: string;
}

export class ReferralAnswer {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ type: 'integer' }) version!: number;
  @ApiProperty({ enum: ['received', 'accepted', 'rejected'] }) status!: Referral['status'];
  @ApiProperty({ format: 'date-time' }) receivedAt!: string;
  @ApiProperty({ format: 'uuid' }) intakeTeamId!: string;
  @ApiProperty({ required: false, format: 'uuid', description: 'Not for a referrer who did not give it.' })
  personId?: string;
  @ApiProperty({ required: false, type: ReferralAcceptance }) acceptance?: ReferralAcceptance;
  @ApiProperty({ required: false, type: ReferralRejection }) rejection?: ReferralRejection;
  @ApiProperty({ required: false, description: INSIDE }) referrerOrganisation?: string;
  @ApiProperty({ required: false, description: `National list. ${INSIDE}` }) sourceCode?: string;
  @ApiProperty({ required: false, description: `National list. ${INSIDE}` }) primaryReasonCode?: string;
  @ApiProperty({ required: false, enum: PRIORITIES, description: `As the referrer sees it. ${INSIDE}` })
  priority?: string;
  @ApiProperty({ required: false, description: INSIDE }) immediateRisk?: boolean;
  @ApiProperty({ required: false, enum: CONSENTS, description: INSIDE }) consent?: string;
  @ApiProperty({ required: false, description: `The referrer’s own words. ${INSIDE}` }) reason?: string;
  @ApiProperty({ type: Object, example: { self: '/referrals/0199b6a0-0000-7000-8000-000000000010' } }) links!: object;
}

export type SeenRow = ReferralRow & { inside: boolean; team_telephone: string | null };

/** All of it for those who work with it; for a referrer how it stands, and nothing that tells of a match (DEC-33). */
export function toAnswer(row: SeenRow): ReferralAnswer {
  const referral = toReferral(row);
  const { id, version, status, receivedAt, intakeTeamId, personId, personIdGiven } = referral;
  return {
    ...{ id, version, status, receivedAt: receivedAt.toISOString(), intakeTeamId },
    ...(row.inside || personIdGiven ? { personId } : {}),
    ...(row.inside ? asked(referral) : {}),
    ...decided(referral, row),
    links: { self: `/referrals/${id}` },
  };
}

const asked = ({ referrerOrganisation, sourceCode, primaryReasonCode, priority, ...more }: Referral) => ({
  ...{ referrerOrganisation, sourceCode, primaryReasonCode, priority },
  ...{ immediateRisk: more.immediateRisk, consent: more.consent, reason: more.reason },
});

function decided(referral: Referral, { inside, team_telephone }: SeenRow) {
  switch (referral.status) {
    case 'accepted':
      return { acceptance: accepted(referral.acceptance, inside, team_telephone ?? undefined) };
    case 'rejected':
      return { rejection: rejected(referral.rejection, inside) };
    default:
      return {};
  }
}

const accepted = ({ acceptedAt, teamId, priority, answeredBy }: Acceptance, inside: boolean, telephone?: string) => ({
  ...{ acceptedAt: acceptedAt.toISOString(), teamId, telephone },
  ...(inside ? { priority, ...named(answeredBy) } : {}),
});

function named(answeredBy: Acceptance['answeredBy']) {
  if ('coordinatorId' in answeredBy) return answeredBy;
  const { practitionerId, until } = answeredBy.dutyHolder;
  return { dutyHolder: { practitionerId, until: until.toISOString() } };
}

function rejected({ rejectedAt, reasonCode, localReasonCode, signpostCodes, ...rest }: Rejection, inside: boolean) {
  const told = { rejectedAt: rejectedAt.toISOString(), reasonCode, localReasonCode, signpostCodes };
  return { ...told, rightToChallenge: RIGHT_TO_CHALLENGE, ...(inside ? rest : {}) };
}
