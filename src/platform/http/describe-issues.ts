import type * as z from 'zod/mini';

const SHOWN = 5;
type Issue = z.core.$ZodIssue;

/** What is wrong with something sent to us, a field at a time, each with what a right one is. */
export function describeIssues(issues: readonly Issue[], given: unknown): string {
  return issues
    .slice(0, SHOWN)
    .map((issue) => `${issue.path.length > 0 ? issue.path.join('.') : 'The body'}: ${describe(issue, at(given, issue.path))}`)
    .join('. ');
}

function describe(issue: Issue, value: unknown): string {
  const missing = value === undefined ? 'missing; ' : '';
  switch (issue.code) {
    case 'invalid_type':
      // What is missing does not tell its format; an id of a request is always one that its sender makes.
      if (issue.path.at(-1) === 'id') return `${missing}it has to be ${A_UUID}`;
      return `${missing}${KINDS[issue.expected] ?? `it has to be of the type ${issue.expected}`}`;
    case 'invalid_value':
      return `${missing}it has to be ${oneOf(issue.values)}`;
    case 'invalid_union':
      return `${missing}it has to be ${oneOf('options' in issue && Array.isArray(issue.options) ? issue.options : [])}`;
    case 'invalid_format':
      return issue.format === 'uuid' ? `it has to be ${A_UUID}` : `it is no ${issue.format}`;
    case 'too_small':
      return isNumber(issue.origin) ? `it has to be ${issue.minimum} or more` : 'it is empty or too short';
    case 'too_big':
      return isNumber(issue.origin) ? `it has to be ${issue.maximum} or less` : `it is longer than ${issue.maximum}`;
    default:
      return issue.message;
  }
}

const isNumber = (origin: string): boolean => origin === 'number' || origin === 'int';

const A_UUID = 'a UUID that you make, a new one for each request';

const KINDS: Readonly<Record<string, string>> = {
  string: 'it has to be text',
  number: 'it has to be a number',
  int: 'it has to be a whole number',
  boolean: 'it has to be true or false',
  object: 'it has to be a JSON object',
  array: 'it has to be a list',
};

const oneOf = (values: readonly unknown[]): string =>
  values.length === 0 ? 'something else' : values.length === 1 ? String(values[0]) : `one of ${values.map(String).join(', ')}`;

function at(given: unknown, path: readonly PropertyKey[]): unknown {
  let value = given;
  for (const key of path) value = typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined;
  return value;
}
