import type { Choice, Form } from '@musterhq/chat-port';
import { contentView, formProblem, formView } from './form-view.ts';

const form = (options: readonly Choice[], value?: readonly string[]): Form => ({
  id: 'which',
  title: 'Which?',
  submit: 'This one',
  fields: [{ id: 'one', t: 'choice', label: 'One of', options: [...options], ...(value ? { value: [...value] } : {}) }],
});
const many = (n: number): Choice[] => Array.from({ length: n }, (_, at) => ({ value: `v${at}`, label: `Choice ${at}` }));

interface Select {
  readonly element: {
    readonly options?: readonly { readonly value: string }[];
    readonly option_groups?: readonly {
      readonly label: { readonly text: string };
      readonly options: readonly { readonly value: string }[];
    }[];
    readonly initial_option?: { readonly value: string };
  };
}
const selectOf = (of: Form): Select['element'] => (formView(of).blocks[0] as unknown as Select).element;

describe('Asking Slack for a choice', () => {
  it('shows a hundred choices as one list', () => {
    const { options, option_groups } = selectOf(form(many(100)));

    expect([options?.length, option_groups]).toEqual([100, undefined]);
  });

  it('shows more than that in groups, leaves none out, and keeps what is chosen', () => {
    const select = selectOf(form(many(250), ['v249']));

    expect(select.option_groups?.map(({ label, options }) => [label.text, options.length])).toEqual([
      ['Choice 0 – Choice 99', 100],
      ['Choice 100 – Choice 199', 100],
      ['Choice 200 – Choice 249', 50],
    ]);
    expect(select.option_groups?.flatMap(({ options }) => options.map(({ value }) => value))).toEqual(many(250).map(({ value }) => value));
    expect([select.options, select.initial_option?.value]).toEqual([undefined, 'v249']);
  });

  it.each<[string, readonly Choice[], string]>([
    ['nothing to choose from', [], 'nothing to choose from'],
    ['a value that Slack would not keep whole', [{ value: 'x'.repeat(151), label: 'Long' }], 'more than the 150 characters'],
    ['more than Slack shows at all', many(10_001), 'more choices than Slack shows'],
  ])('says what is wrong with %s', (_, options, problem) => {
    expect(formProblem(form(options))).toContain(problem);
  });

  it('takes a value of 150 characters as it is', () => {
    const value = 'x'.repeat(150);

    expect(formProblem(form([{ value, label: 'Long' }]))).toBeUndefined();
    expect(selectOf(form([{ value, label: 'Long' }])).options?.[0]?.value).toBe(value);
  });
});

describe('Telling in place of a form', () => {
  const told = (rules: number) =>
    contentView(
      { summary: 'Much', blocks: Array.from({ length: rules }, () => ({ t: 'rule' as const })) },
      { adapter: 'slack', tenant: 'T', room: 'C' },
    ).blocks;

  it('says that there is more than Slack shows, and of what Slack shows nothing', () => {
    expect(told(100).map(({ type }) => type)).toEqual(Array.from({ length: 100 }, () => 'divider'));
    expect(told(101)).toHaveLength(100);
    expect(JSON.stringify(told(101).at(-1))).toContain('There is more');
  });
});
