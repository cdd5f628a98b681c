import { stringOf } from '#libs/wire/wire';

/** What Slack calls state: by block, by action, an element with its value somewhere in it. */
export type ViewState = { readonly values?: Readonly<Record<string, Readonly<Record<string, ElementState>>>> } | undefined;

interface ElementState {
  readonly type?: string;
  readonly value?: string | null;
  readonly selected_option?: { readonly value: string } | null;
  readonly selected_options?: readonly { readonly value: string }[] | null;
  readonly selected_user?: string | null;
  readonly selected_users?: readonly string[] | null;
  readonly selected_conversation?: string | null;
  readonly selected_channel?: string | null;
  readonly selected_date?: string | null;
  readonly selected_time?: string | null;
  readonly selected_date_time?: number | null;
}

/** By field id; a field left empty is an empty list. */
export function valuesOf(state: ViewState): Record<string, string[]> {
  const entries = Object.entries(state?.values ?? {}).map(
    ([block, elements]) => [block, Object.values(elements).flatMap(valueOf)] as const,
  );
  return Object.fromEntries(entries);
}

/** The people among the values, by their ids. */
export function pickedIn(state: ViewState): string[] {
  const elements = Object.values(state?.values ?? {}).flatMap((block) => Object.values(block));
  return elements.flatMap(({ selected_user, selected_users }) => [...(selected_users ?? []), ...(selected_user ? [selected_user] : [])]);
}

function valueOf(element: ElementState): string[] {
  if (element.selected_options) return element.selected_options.map(({ value }) => value);
  if (element.selected_users) return [...element.selected_users];
  if (element.selected_date_time) return [new Date(element.selected_date_time * 1000).toISOString()];
  const one =
    element.value ??
    element.selected_option?.value ??
    element.selected_user ??
    element.selected_conversation ??
    element.selected_channel ??
    element.selected_date ??
    element.selected_time;
  const text = stringOf(one);
  return text === undefined || text === '' ? [] : [text];
}
