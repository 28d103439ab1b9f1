/** A timestamptz as an Instant: pg's Date would lose the microseconds. */
export const instantOf = (column: string): string =>
  `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
