import type { Change } from '@homeward/persistence';

/** Asked once: by a registration, or by a correction to a number that is somebody else's as well. */
export const askWho = (
  questionId: string,
  personId: string,
  organisation: string,
  at: Date,
  asks: boolean,
): Change => ({
  text: `INSERT INTO identity_question (question_id, person_id, organisation, opened_at)
    SELECT $1::uuid, $2::uuid, $3, $4::timestamptz WHERE $5::boolean RETURNING 1`,
  values: [questionId, personId, organisation, at, asks],
  rows: 'any',
});

export const settleQuestions = (personIds: string[], at: Date): Change => ({
  text: `UPDATE identity_question SET settled_at = $2
    WHERE person_id = ANY ($1::uuid[]) AND settled_at IS NULL RETURNING 1`,
  values: [personIds, at],
  rows: 'any',
});
