import type { RedirectReason } from '@homeward/contracts';
import { DomainError } from '@homeward/kernel';
import {
  decidedInTime,
  intakeOf,
  refuse,
  stillOpen,
  takenBack,
  type Referral,
  type ReferralEvent,
  type Team,
} from './referral';

/** The wrong door: passed on to another intake, not sent back. It ends with the acknowledgement (TRI-04). */
export interface Redirect {
  toOrganisation: string;
  toTeamId: string;
  reasonCode: RedirectReason;
  redirectedAt: Date;
  /** Free text, published nowhere. */
  explanation?: string;
}

/** From this moment the other intake holds the person, and not before (DEC-04). */
export interface Acknowledgement extends Pick<Redirect, 'toOrganisation' | 'toTeamId'> {
  fromOrganisation: string;
  fromTeamId: string;
  acknowledgedAt: Date;
}

export interface RedirectTo extends Omit<Redirect, 'toOrganisation' | 'toTeamId'> {
  /** Undefined: the directory knows no such team. */
  team: Team | undefined;
}

export function redirect(referral: Referral, { team, ...stated }: RedirectTo, now: Date): ReferralEvent {
  stillOpen(referral);
  decidedInTime(referral, stated.redirectedAt, now);
  if (referral.redirect) throw new DomainError('redirect-pending', 'It was passed on: take that back first.');
  const { organisation: toOrganisation, id: toTeamId } = intakeOf(team);
  if (toTeamId === referral.intakeTeamId)
    refuse('redirect-to-itself', 'TRI-04', 'This intake has the referral already.');
  return { type: 'redirected', redirect: { ...stated, toOrganisation, toTeamId } };
}

export function acknowledge(
  referral: Referral,
  byOrganisation: string,
  acknowledgedAt: Date,
  now: Date,
): ReferralEvent {
  const { toOrganisation, toTeamId, redirectedAt } = pending(referral);
  if (toOrganisation !== byOrganisation)
    refuse('not-the-destination', 'TRI-04', 'Only the intake that it was passed on to acknowledges it.');
  decidedInTime(referral, acknowledgedAt, now);
  if (acknowledgedAt < redirectedAt)
    refuse('acknowledged-before-redirected', 'TRI-04', 'It was acknowledged before it was passed on.');
  const { intakeOrganisation: fromOrganisation, intakeTeamId: fromTeamId } = referral;
  const acknowledgement = { toOrganisation, toTeamId, fromOrganisation, fromTeamId, acknowledgedAt };
  return { type: 'redirect-acknowledged', acknowledgement };
}

/** The sender takes it back; it held all the time. */
export function withdrawRedirect(referral: Referral, withdrawnAt: Date, now: Date): ReferralEvent[] {
  const { redirectedAt } = pending(referral);
  decidedInTime(referral, withdrawnAt, now);
  if (withdrawnAt < redirectedAt)
    refuse('withdrawn-before-redirected', 'TRI-04', 'It was taken back before it was passed on.');
  return takenBack(referral, withdrawnAt);
}

function pending(referral: Referral): Redirect {
  stillOpen(referral);
  if (!referral.redirect) throw new DomainError('no-redirect-pending', 'It is passed on to nobody.');
  return referral.redirect;
}
