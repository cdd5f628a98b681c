import type { AdapterPlugin } from '@musterhq/chat-port';
import type { Assignment } from '../wire.types.ts';

/** It cannot be used as it is, in words for the operator. `detail`: what the package itself says. */
export class Unfit extends Error {
  constructor(
    say: string,
    readonly detail: string | null = null,
  ) {
    super(say);
    this.name = 'Unfit';
  }
}

/** @throws Unfit when the settings are not as the adapter's schema has them */
export async function mustFit({ config: schema }: AdapterPlugin, { config, instance, package: name }: Assignment): Promise<void> {
  const { problemsOfConfig } = await import('../../config-check.ts');
  const problems = problemsOfConfig(schema, config);
  if (problems === null)
    throw new Unfit(`The package ${name} describes its settings by something that is no JSON Schema. Tell whoever makes it.`);
  if (problems.length > 0)
    throw new Unfit(
      `The settings of "${instance}" are not as ${name} wants them: ${problems.join('; ')}. Correct its "config" and start Muster again.`,
    );
}
