import { Ajv, type ErrorObject } from 'ajv';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { nearest } from '#libs/words/nearest';

/**
 * What is wrong with an adapter's settings, a part of a sentence for each problem; shows no values. Null when the schema is none.
 *
 * A name that the schema does not know is refused at the top, unless the schema speaks of other names itself: a slip would
 * otherwise be obeyed by nobody.
 */
export function problemsOfConfig(schema: object, config: unknown): string[] | null {
  const options = { allErrors: true, strict: false, validateFormats: false, logger: false } as const;
  const closed =
    'properties' in schema && !SPEAKS_OF_OTHERS.some((word) => word in schema) ? { ...schema, additionalProperties: false } : schema;
  try {
    const check = validatorOf(schema, options).compile(closed);
    if (check(config)) return [];
    const known = Object.keys((schema as { properties?: object }).properties ?? {});
    return [...new Set((check.errors ?? []).filter(({ keyword }) => keyword !== 'if').map((error) => sentence(error, known)))];
  } catch {
    return null;
  }
}

const SPEAKS_OF_OTHERS = [
  'additionalProperties',
  'unevaluatedProperties',
  'patternProperties',
  'allOf',
  'anyOf',
  'oneOf',
  'if',
  '$ref',
  'dependentSchemas',
];

function validatorOf(schema: object, options: ConstructorParameters<typeof Ajv>[0]): Ajv | Ajv2019 | Ajv2020 {
  const { $schema: dialect } = schema as { $schema?: unknown };
  if (typeof dialect === 'string' && /draft-0[67]/.test(dialect)) return new Ajv(options);
  return typeof dialect === 'string' && dialect.includes('2019-09') ? new Ajv2019(options) : new Ajv2020(options);
}

function sentence({ instancePath, keyword, params, message }: ErrorObject, known: readonly string[]): string {
  const at = instancePath.slice(1).replaceAll('/', '.').replaceAll('~1', '/').replaceAll('~0', '~');
  const within = (name: unknown): string => [at, String(name)].filter(Boolean).join('.');
  const what = at === '' ? 'the whole' : at;
  switch (keyword) {
    case 'required':
      return `${within(params['missingProperty'])} is missing`;
    case 'additionalProperties':
    case 'unevaluatedProperties': {
      const name = String(params['additionalProperty'] ?? params['unevaluatedProperty']);
      const [meant] = at === '' ? nearest(name, known) : [];
      return `${within(name)} is not known${meant ? ` (did you mean ${meant}?)` : ''}`;
    }
    case 'enum':
      return `${what} has to be one of ${(params['allowedValues'] as unknown[]).map((one) => JSON.stringify(one)).join(', ')}`;
    case 'const':
      return `${what} has to be ${JSON.stringify(params['allowedValue'])}`;
    case 'type':
      return `${what} has to be ${[params['type']].flat().join(' or ')}`;
    case 'pattern':
      return `${what} has to look like ${String(params['pattern'])}`;
    case 'anyOf':
    case 'oneOf':
      return `${what} is none of what is allowed`;
    default:
      return `${what} ${(message ?? 'is not allowed').replace(/^must /, 'has to ')}`;
  }
}
