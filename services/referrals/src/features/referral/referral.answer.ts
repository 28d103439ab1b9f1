import {
  ASKED_OF,
  CLOSING_REASONS,
  INFORMATION_ITEMS,
  PRIORITIES,
  REDIRECT_REASONS,
  REJECTION_REASONS,
  RISK_BANDS,
} from '@homeward/contracts';
import { ApiProperty } from '@nestjs/swagger';
import { toReferral, type ReferralRow } from '../../adapters/referral.row';
import { CAPACITIES } from '../../domain/closing';
import { CONSENTS, FINAL, OPEN, type Acceptance, type Referral, type Rejection } from '../../domain/referral';
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

export class ReferralQuestion {
  @ApiProperty({ enum: INFORMATION_ITEMS, isArray: true }) itemCodes!: string[];
  @ApiProperty({ enum: ASKED_OF }) askedOf!: string;
  @ApiProperty({ format: 'date' }) dueOn!: string;
  @ApiProperty({ description: 'What exactly is asked.' }) question!: string;
}

export class ReferralTriage {
  @ApiProperty({ enum: PRIORITIES }) priority!: string;
  @ApiProperty({ enum: RISK_BANDS }) riskBand!: string;
  @ApiProperty({ format: 'date-time' }) triagedAt!: string;
}

export class ReferralRedirect {
  @ApiProperty({ format: 'uuid' }) toTeamId!: string;
  @ApiProperty({ enum: REDIRECT_REASONS }) reasonCode!: string;
  @ApiProperty({ format: 'date-time' }) redirectedAt!: string;
}

export class ReferralClosing {
  @ApiProperty({ format: 'date-time' }) closedAt!: string;
  @ApiProperty({ enum: CLOSING_REASONS }) reasonCode!: string;
  @ApiProperty({ required: false, enum: CAPACITIES, description: INSIDE }) capacity?: string;
  @ApiProperty({ required: false, description: INSIDE }) explanation?: string;
}

/** What was written on the way: for those who work with it all, for an intake that passed it on its own. */
export class ReferralStep {
  @ApiProperty({ example: 'triaged' }) type!: string;
  @ApiProperty({ format: 'date-time' }) at!: string;
  @ApiProperty({ description: 'Who wrote it.' }) organisation!: string;
  @ApiProperty({ type: Object, description: 'As in the event of this type.' }) codes!: object;
  @ApiProperty({ required: false, description: 'In words.' }) words?: string;
}

export class ReferralAnswer {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ type: 'integer' }) version!: number;
  @ApiProperty({ enum: [...OPEN, ...FINAL] }) status!: Referral['status'];
  @ApiProperty({ format: 'date-time' }) receivedAt!: string;
  @ApiProperty({ format: 'uuid' }) intakeTeamId!: string;
  @ApiProperty({ required: false, format: 'uuid', description: 'Not for a referrer who did not give it.' })
  personId?: string;
  @ApiProperty({ required: false, type: ReferralAcceptance }) acceptance?: ReferralAcceptance;
  @ApiProperty({ required: false, type: ReferralRejection }) rejection?: ReferralRejection;
  @ApiProperty({ required: false, type: ReferralClosing }) closing?: ReferralClosing;
  @ApiProperty({ required: false, type: ReferralQuestion, description: `And for a referrer who is asked. ${INSIDE}` })
  asked?: ReferralQuestion;
  @ApiProperty({ required: false, type: ReferralTriage, description: INSIDE }) triage?: ReferralTriage;
  @ApiProperty({ required: false, type: ReferralRedirect, description: `Not acknowledged yet. ${INSIDE}` })
  redirect?: ReferralRedirect;
  @ApiProperty({
    required: false,
    format: 'date-time',
    description: `With the person; absent while they wait. ${INSIDE}`,
  })
  firstContactAt?: string;
  @ApiProperty({ required: false, type: [ReferralStep], description: `On the way. ${INSIDE}` }) steps?: ReferralStep[];
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

export type SeenRow = ReferralRow & {
  /** Its intake, the intake it is passed on to, or the accepting team. */
  inside: boolean;
  /** An intake that passed it on, and was heard: it reads on what was there, and what it wrote itself (DEC-32). */
  passed_on: boolean;
  steps: ReferralStep[] | null;
  team_telephone: string | null;
};

/** All of it for those who work with it; for a referrer how it stands, and nothing that tells of a match (DEC-33). */
export function toAnswer(row: SeenRow): ReferralAnswer {
  const referral = toReferral(row);
  const { id, version, receivedAt, intakeTeamId, personId, personIdGiven } = referral;
  const sentOn = row.passed_on && !row.inside;
  return {
    // What became of it elsewhere is not for who passed it on.
    ...{ id, version, status: sentOn ? 'redirected' : referral.status },
    ...{ receivedAt: receivedAt.toISOString(), intakeTeamId },
    ...(row.inside || sentOn || personIdGiven ? { personId } : {}),
    ...(row.inside || sentOn ? { ...asReceived(referral), steps: row.steps ?? [] } : {}),
    ...(sentOn ? {} : { ...pending(referral, row.inside), ...decided(referral, row) }),
    links: { self: `/referrals/${id}` },
  };
}

const asReceived = ({ referrerOrganisation, sourceCode, primaryReasonCode, priority, ...more }: Referral) => ({
  ...{ referrerOrganisation, sourceCode, primaryReasonCode, priority },
  ...{ immediateRisk: more.immediateRisk, consent: more.consent, reason: more.reason },
});

function pending({ asked, triage, redirect, firstContactAt }: Referral, inside: boolean) {
  const question = asked && (inside || asked.askedOf === 'referrer') ? asked : undefined;
  return {
    ...(question ? { asked: { ...question, askedAt: undefined } } : {}),
    ...(inside && triage
      ? {
          triage: {
            priority: triage.priority,
            riskBand: triage.riskBand,
            triagedAt: triage.triagedAt.toISOString(),
          },
        }
      : {}),
    ...(inside && firstContactAt ? { firstContactAt: firstContactAt.toISOString() } : {}),
    ...(inside && redirect
      ? {
          redirect: {
            toTeamId: redirect.toTeamId,
            reasonCode: redirect.reasonCode,
            redirectedAt: redirect.redirectedAt.toISOString(),
          },
        }
      : {}),
  };
}

function decided(referral: Referral, { inside, team_telephone }: SeenRow) {
  switch (referral.status) {
    case 'accepted':
      return { acceptance: accepted(referral.acceptance, inside, team_telephone ?? undefined) };
    case 'rejected':
      return { rejection: rejected(referral.rejection, inside) };
    case 'closed': {
      const { closedAt, reasonCode, capacity, explanation } = referral.closing;
      const told = { closedAt: closedAt.toISOString(), reasonCode };
      return { closing: inside ? { ...told, capacity, explanation } : told };
    }
    case 'received':
    case 'awaiting-information':
    case 'redirected':
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
