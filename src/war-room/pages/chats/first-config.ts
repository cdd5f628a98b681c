/** A setting that has to be chosen before anything else can be said, as the adapter's schema describes it. */
export interface Choice {
  readonly name: string;
  readonly about: string;
  readonly options: readonly Option[];
  readonly chosen: string;
}

interface Option {
  readonly value: string;
  /** What choosing it means; the value itself where the schema says no more. */
  readonly says: string;
}

interface Property {
  readonly enum?: readonly unknown[];
  /** A few constants, each with a title for people. */
  readonly anyOf?: readonly { readonly const?: unknown; readonly title?: string }[];
  readonly default?: unknown;
  readonly description?: string;
}

/**
 * The least configuration that an adapter's schema allows, for showing its setup before there is any. Only settings with a
 * few possible values are chosen; `asked` holds what somebody picked on the page.
 */
export function firstConfig(
  schema: object,
  asked: Readonly<Record<string, unknown>>,
): { readonly config: object; readonly choices: readonly Choice[] } {
  const { properties = {}, required = [] } = schema as { properties?: Readonly<Record<string, Property>>; required?: readonly string[] };
  const choices = required.flatMap((name): Choice[] => {
    const property = properties[name];
    const options = optionsOf(property);
    const [first] = options;
    if (first === undefined || property?.default !== undefined) return [];
    return [
      { name, about: property?.description ?? name, options, chosen: (options.find(({ value }) => value === asked[name]) ?? first).value },
    ];
  });
  return { config: Object.fromEntries(choices.map(({ name, chosen }) => [name, chosen])), choices };
}

function optionsOf(property: Property | undefined): readonly Option[] {
  const constants = property?.anyOf ?? property?.enum?.map((each) => ({ const: each, title: undefined })) ?? [];
  return constants.flatMap(({ const: value, title }) => (typeof value === 'string' ? [{ value, says: title ?? value }] : []));
}
