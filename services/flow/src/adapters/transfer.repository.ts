import type { RelationshipKind } from '@homeward/contracts';
import {
  inUtc,
  NotFound,
  type Change,
  type Principal,
  type Row,
  type Statement,
  type StreamLock,
} from '@homeward/persistence';
import type {
  AcceptedTransfer,
  CompletedTransfer,
  Declined,
  DeclinedTransfer,
  ProposedTransfer,
  Transfer,
  Withdrawn,
  WithdrawnTransfer,
} from '../domain/transfer';
import { person, type PersonOf } from './accountability.repository';
import { agreed } from './episode.repository';
import { callerOf, EPISODE_KINDS, MAY_READ_EPISODE, related } from './related';

export interface StoredTransfer {
  transfer: Transfer;
  personId: string;
  version: number;
}

const INSTANTS = [
  'risk_assessed_at',
  'proposed_at',
  'duty_until',
  'starts_at',
  'accepted_at',
  'first_contact_at',
  'person_informed_at',
  'completed_at',
  'ended_at',
];

/** Of table alias `t`. */
export const TRANSFER_COLUMNS = `t.id, t.person_id, t.episode_id, t.from_team_id, t.from_organisation, t.to_team_id,
  t.to_organisation, t.reason_code, t.priority, t.coordinator_id, t.status, t.version,
  t.end_reason_code, t.alternative_code, t.explanation,
  ${INSTANTS.map((column) => `${inUtc(`t.${column}`)} AS ${column}`).join(', ')}`;

/** Who may know of a transfer; whoever answered one reads on what it wrote itself (DEC-32). */
const knownBy = (kinds: readonly RelationshipKind[]): string => `(${related('t', kinds)}
  OR (t.to_organisation = $1 AND (t.status = 'declined' OR t.accepted_at IS NOT NULL)))`;
export const mayKnow = knownBy(EPISODE_KINDS);
export const mayRead = knownBy(MAY_READ_EPISODE);

/** The stream that a transfer is decided under, for who may know of it. */
export const personOfTransfer = (caller: Principal, id: string): StreamLock => ({
  select: {
    text: `SELECT 'person/' || t.person_id AS key FROM transfer t WHERE t.id = $3 AND ${mayKnow}`,
    values: [...callerOf(caller), id],
  },
  what: 'transfer',
});

export const loadTransfer = (id: string): Statement => ({
  text: `SELECT ${TRANSFER_COLUMNS} FROM transfer t WHERE t.id = $1`,
  values: [id],
});

export function loadOpenTransfers(of: PersonOf): Statement {
  const { text: id, values } = person(of);
  return {
    text: `SELECT ${TRANSFER_COLUMNS} FROM transfer t WHERE t.person_id = ${id} AND t.status IN ('proposed', 'accepted')`,
    values,
  };
}

/** What row the first loaded transfer is. */
export function loaded(rows: Row[] | undefined): StoredTransfer {
  if (!rows?.[0]) throw new NotFound('transfer');
  return toStoredTransfer(rows[0]);
}

export function toStoredTransfer(row: Row): StoredTransfer {
  return { transfer: toTransfer(row), personId: row['person_id'] as string, version: Number(row['version']) };
}

function toTransfer(row: Row): Transfer {
  const text = (column: string): string => row[column] as string;
  const request = {
    id: text('id'),
    episodeId: text('episode_id'),
    from: { teamId: text('from_team_id'), organisation: text('from_organisation') },
    to: { teamId: text('to_team_id'), organisation: text('to_organisation') },
    reasonCode: text('reason_code'),
    priority: text('priority') as Transfer['priority'],
    riskAssessedAt: text('risk_assessed_at'),
    proposedAt: text('proposed_at'),
  };
  if (row['status'] === 'proposed') return { ...request, status: 'proposed' };
  if (row['status'] === 'superseded') return { ...request, endedAt: text('ended_at'), status: 'superseded' };
  if (row['status'] === 'declined') {
    const declined = {
      reasonCode: text('end_reason_code') as Declined['reasonCode'],
      alternativeCode: text('alternative_code') as Declined['alternativeCode'],
      explanation: text('explanation') ?? undefined,
    };
    return { ...request, declined, endedAt: text('ended_at'), status: 'declined' };
  }
  if (row['status'] === 'withdrawn') {
    const withdrawn = { reasonCode: text('end_reason_code') as Withdrawn['reasonCode'] };
    return { ...request, withdrawn, endedAt: text('ended_at'), status: 'withdrawn' };
  }
  const practitionerId = text('coordinator_id');
  const agreed = {
    responsibility: row['duty_until']
      ? { coordinatorId: null, dutyHolder: { practitionerId, until: text('duty_until') } }
      : { coordinatorId: practitionerId, dutyHolder: null },
    startsAt: text('starts_at'),
    acceptedAt: text('accepted_at'),
  };
  if (row['status'] === 'accepted') return { ...request, ...agreed, status: 'accepted' };
  return {
    ...request,
    ...agreed,
    firstContactAt: text('first_contact_at'),
    personInformedAt: text('person_informed_at'),
    completedAt: text('completed_at'),
    status: 'completed',
  };
}

export const insertTransfer = (personId: string, { from, to, ...transfer }: ProposedTransfer): Change => ({
  text: `INSERT INTO transfer (id, person_id, episode_id, from_team_id, from_organisation, to_team_id, to_organisation,
      reason_code, priority, risk_assessed_at, proposed_at, status)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING 1`,
  values: [
    transfer.id,
    personId,
    transfer.episodeId,
    from.teamId,
    from.organisation,
    to.teamId,
    to.organisation,
    transfer.reasonCode,
    transfer.priority,
    transfer.riskAssessedAt,
    transfer.proposedAt,
    transfer.status,
  ],
});

/** Guarded by the version that the decision was made on. */
export function updateTransfer(transfer: AcceptedTransfer | CompletedTransfer, version: number): Change {
  const done = transfer.status === 'completed' ? transfer : undefined;
  return {
    text: `UPDATE transfer SET status = $3, coordinator_id = $4, duty_until = $5, starts_at = $6, accepted_at = $7,
        first_contact_at = $8, person_informed_at = $9, completed_at = $10, version = version + 1
      WHERE id = $1 AND version = $2 RETURNING 1`,
    values: [
      transfer.id,
      version,
      transfer.status,
      ...agreed(transfer.responsibility),
      transfer.startsAt,
      transfer.acceptedAt,
      done?.firstContactAt ?? null,
      done?.personInformedAt ?? null,
      done?.completedAt ?? null,
    ],
  };
}

/** It came to nothing: what was agreed stays readable. */
export const endTransfer = (id: string, version: number, status: Transfer['status'], endedAt: string): Change => ({
  text: `UPDATE transfer SET status = $3, ended_at = $4, version = version + 1
    WHERE id = $1 AND version = $2 AND status IN ('proposed', 'accepted') RETURNING 1`,
  values: [id, version, status, endedAt],
});

/** One of its two teams ended it, and said why. */
export function answerTransfer(transfer: DeclinedTransfer | WithdrawnTransfer, version: number): Change {
  const { id, status, endedAt } = transfer;
  const said = status === 'declined' ? transfer.declined : { ...transfer.withdrawn, alternativeCode: null };
  const words = status === 'declined' ? (transfer.declined.explanation ?? null) : null;
  return {
    text: `UPDATE transfer SET status = $3, ended_at = $4, end_reason_code = $5, alternative_code = $6,
        explanation = $7, version = version + 1
      WHERE id = $1 AND version = $2 AND status IN ('proposed', 'accepted') RETURNING 1`,
    values: [id, version, status, endedAt, said.reasonCode, said.alternativeCode, words],
  };
}
