import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkoutRoot } from '../../infra/local/checkout';

type Span = readonly [number, number];
type Shares = Readonly<Record<string, number>>;

/** What a population is like. Each number stands in `calibration.json`, with its source and standing. */
export interface Calibration {
  referralsOfAPersonInAQuarter: number;
  sourceOfReferral: Shares;
  primaryReason: Shares;
  priority: Shares;
  decidedWithinDays: Readonly<Record<string, Span>>;
  firstContactWithinDays: Readonly<Record<string, Span>>;
  firstContactIsMissed: number;
  informationIsAskedFor: number;
  answerToTheQuestionDays: Span;
  outcomeOfReferral: Readonly<Record<'accepted' | 'rejected' | 'redirected' | 'withdrawn' | 'open', number>>;
  outcomeOfRedirect: Readonly<Record<'acknowledged' | 'taken-back' | 'pending', number>>;
  acceptedByIntensiveSupport: number;
  transferToIntensiveSupport: number;
  outcomeOfTransfer: Readonly<Record<'completed' | 'declined' | 'withdrawn' | 'open', number>>;
  transferDays: Span;
  intensiveSupportDays: Span;
  hospitalStayInAYear: number;
  hospitalStayDays: Shares;
  dischargeKind: Shares;
  hospitalMove: number;
  diesInAYear: number;
  movesHomeInAYear: number;
  isCorrected: number;
  isRegisteredTwice: number;
  hasNoNhsNumber: number;
  basis: Shares;
  ageInYears: Shares;
  isToldLate: number;
  lateByDays: Span;
}

export interface Figure {
  value: unknown;
  source: string;
  standing: string;
}

export const figures = (): Record<keyof Calibration, Figure> =>
  JSON.parse(readFileSync(join(checkoutRoot(), 'tools/population/calibration.json'), 'utf8'));

export const calibration = (): Calibration =>
  Object.fromEntries(Object.entries(figures()).map(([name, { value }]) => [name, value])) as unknown as Calibration;
