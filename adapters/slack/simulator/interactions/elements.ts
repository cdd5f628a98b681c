import type { JsonObject, SlackBlock } from '../objects.ts';

export interface Found {
  readonly block: SlackBlock;
  readonly element: JsonObject;
}

/** Every element of the blocks that a person can press, choose in or fill in. */
export function elementsOf(blocks: readonly SlackBlock[]): Found[] {
  return blocks.flatMap((block) => {
    const inside = [
      block['element'],
      block['accessory'],
      ...(Array.isArray(block['elements']) && block.type === 'actions' ? (block['elements'] as readonly JsonObject[]) : []),
    ];
    return inside
      .filter((e): e is JsonObject => typeof e === 'object' && e !== null && 'action_id' in e)
      .map((element) => ({ block, element }));
  });
}

const OF_ONE: Readonly<Record<string, string>> = {
  users_select: 'selected_user',
  conversations_select: 'selected_conversation',
  channels_select: 'selected_channel',
  datepicker: 'selected_date',
  timepicker: 'selected_time',
};
const OF_MANY: Readonly<Record<string, string>> = {
  multi_users_select: 'selected_users',
  multi_conversations_select: 'selected_conversations',
  multi_channels_select: 'selected_channels',
};

/** The element's state after a person put `value` into it, as it stands in `state.values` and in `actions`. */
export function stateOf(element: JsonObject, value: string | readonly string[] | null): JsonObject {
  const type = String(element['type']);
  const one = typeof value === 'string' ? value : (value?.[0] ?? null);
  const many = value === null ? [] : typeof value === 'string' ? [value] : value;
  if (type in OF_ONE) return { type, [OF_ONE[type] ?? '']: one };
  if (type in OF_MANY) return { type, [OF_MANY[type] ?? '']: many };
  if (type === 'static_select' || type === 'radio_buttons' || type === 'external_select' || type === 'overflow')
    return { type, selected_option: one === null ? null : optionOf(element, one) };
  if (type === 'multi_static_select' || type === 'multi_external_select' || type === 'checkboxes')
    return { type, selected_options: many.map((v) => optionOf(element, v)) };
  if (type === 'datetimepicker') return { type, selected_date_time: one === null ? null : Number(one) };
  return { type, value: one === '' ? null : one };
}

/** What stands in the element before anybody touched it. */
export function initialValue(element: JsonObject): string | readonly string[] | null {
  const option = element['initial_option'] as { value?: string } | undefined;
  if (option?.value !== undefined) return option.value;
  const options = element['initial_options'] as readonly { value: string }[] | undefined;
  if (options) return options.map((o) => o.value);
  for (const [key, value] of Object.entries(element)) {
    if (!key.startsWith('initial_')) continue;
    return Array.isArray(value) ? value.map(String) : String(value);
  }
  return null;
}

export function isEmpty(state: JsonObject): boolean {
  return Object.entries(state).every(
    ([key, value]) => key === 'type' || value === null || value === undefined || (Array.isArray(value) && value.length === 0),
  );
}

/** An option by its value, also inside option groups. */
function optionOf(element: JsonObject, value: string): JsonObject {
  const groups = (element['option_groups'] ?? []) as readonly { options: readonly JsonObject[] }[];
  const options = [...((element['options'] ?? []) as readonly JsonObject[]), ...groups.flatMap((g) => g.options)];
  const option = options.find((o) => o['value'] === value);
  if (!option)
    throw new Error(
      `There is no option "${value}" to choose in ${String(element['action_id'])}. There are: ${options.map((o) => String(o['value'])).join(', ') || 'none'}.`,
    );
  return option;
}
