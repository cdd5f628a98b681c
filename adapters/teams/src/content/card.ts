/** The part of Adaptive Cards 1.5 that is spoken here. Text stands in runs: a run shows what it is given and knows no Markdown. */
export interface Card {
  readonly type: 'AdaptiveCard';
  readonly $schema: 'http://adaptivecards.io/schemas/adaptive-card.json';
  readonly version: '1.5';
  readonly body: readonly CardElement[];
  readonly msteams?: { readonly width: 'Full'; readonly entities?: readonly CardMention[] };
}

export type CardElement = RunsElement | CallElement | ActionsElement | InputElement;

/** Names of people who are called, and nothing else: `<at>Mia</at> <at>Ben</at>`. */
export interface CallElement {
  readonly type: 'TextBlock';
  readonly id?: string;
  readonly text: string;
  readonly size: 'Small';
  readonly isSubtle: true;
  readonly wrap: true;
  readonly spacing: 'None';
}

/** Says who is meant by `text`, which stands in a text block as it stands here. */
export interface CardMention {
  readonly type: 'mention';
  readonly text: string;
  readonly mentioned: { readonly id: string; readonly name: string };
}

export interface RunsElement {
  readonly type: 'RichTextBlock';
  readonly id?: string;
  readonly inlines: readonly Run[];
  readonly spacing?: 'None' | 'Medium';
  readonly separator?: true;
}

export interface Run {
  readonly type: 'TextRun';
  readonly text: string;
  readonly weight?: 'Bolder';
  readonly size?: 'Medium' | 'Large';
  readonly italic?: true;
  readonly strikethrough?: true;
  readonly isSubtle?: true;
  readonly color?: 'Attention';
  readonly fontType?: 'Monospace';
  readonly selectAction?: { readonly type: 'Action.OpenUrl'; readonly id?: string; readonly url: string };
}

export interface ActionsElement {
  readonly type: 'ActionSet';
  readonly id?: string;
  readonly actions: readonly CardAction[];
}

type Style = { readonly title: string; readonly style?: 'positive' | 'destructive' };

export type CardAction =
  | (Style & { readonly type: 'Action.Execute'; readonly verb: string; readonly data: { readonly value?: string } })
  | (Style & { readonly type: 'Action.Submit'; readonly data: object })
  | (Style & { readonly type: 'Action.OpenUrl'; readonly url: string });

interface InputBase {
  readonly id: string;
  readonly label: string;
  readonly isRequired: boolean;
  readonly errorMessage?: string;
  readonly value?: string;
}

export type InputElement = InputBase &
  (
    | { readonly type: 'Input.Text'; readonly isMultiline: boolean; readonly maxLength?: number; readonly placeholder?: string }
    | { readonly type: 'Input.Number' | 'Input.Date' }
    | {
        readonly type: 'Input.ChoiceSet';
        readonly choices: readonly { readonly title: string; readonly value: string }[];
        readonly isMultiSelect: boolean;
      }
  );

export interface CardAttachment {
  readonly contentType: 'application/vnd.microsoft.card.adaptive';
  readonly content: Card;
}

export const cardOf = (body: readonly CardElement[], entities: readonly CardMention[] = []): Card => ({
  type: 'AdaptiveCard',
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
  version: '1.5',
  body,
  msteams: { width: 'Full', ...(entities.length > 0 && { entities }) },
});

export const attachmentOf = (content: Card): CardAttachment => ({ contentType: 'application/vnd.microsoft.card.adaptive', content });
