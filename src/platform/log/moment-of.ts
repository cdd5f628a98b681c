/** SQL that gives a `Moment` of a timestamptz. */
export const momentOf = (expression: string): string => `to_char(${expression} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
