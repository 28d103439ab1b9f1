/** A timestamptz as an Instant, for a statement: pg's Date would lose the microseconds. */
export const inUtc = (column: string): string =>
  `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
