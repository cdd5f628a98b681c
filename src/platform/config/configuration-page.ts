import { z } from 'zod';
import { configSchema } from './config.schema.ts';

/** `docs/configuration.md`, from the schema that reads the environment: there is one copy of each sentence. */
export function configurationPage(): string {
  const rows = Object.entries(configSchema.shape).map(
    ([name, field]) => `| \`${name}\` | ${defaultOf(field)} | ${field.description ?? ''}. |`,
  );
  return [
    '# Configuration',
    '',
    'Generated from `src/platform/config/config.schema.ts` by `npm run docs`; edit it there. Everything has a default: `npm start` needs none of it.',
    '',
    '| variable | default | what it does |',
    '| --- | --- | --- |',
    ...rows,
    '',
    'All that is wrong is reported together, at the start. A variable set to nothing counts as not set.',
    '',
  ].join('\n');
}

function defaultOf(field: z.ZodType): string {
  if (!(field instanceof z.ZodDefault)) return '';
  const value = field.def.defaultValue;
  const written = Array.isArray(value) ? value.join(',') : typeof value === 'boolean' ? String(Number(value)) : String(value);
  return written ? `\`${written}\`` : 'none';
}
