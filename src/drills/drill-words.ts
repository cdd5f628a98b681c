import type { Cut, DrillFault, DrillReport, Phase } from './drills.types.ts';

interface Words {
  /** For a choice. */
  readonly label: string;
  /** After "Drill: ". */
  readonly title: (chat: string) => string;
  /** What is pretended. */
  readonly says: (chat: string) => string;
}

export const FAULT_WORDS: Readonly<Record<DrillFault, Words>> = {
  silent: {
    label: 'Silent',
    title: (chat) => `${chat} goes silent`,
    says: (chat) => `${chat} takes what Muster says, and tells nothing of what people write there`,
  },
  writes: {
    label: 'Writes only',
    title: (chat) => `${chat} takes nothing`,
    says: (chat) => `${chat} tells what people write there, and takes nothing from Muster`,
  },
  everything: {
    label: 'Everything',
    title: (chat) => `${chat} is gone`,
    says: (chat) => `${chat} takes nothing, tells nothing and shows nothing of its past`,
  },
  flood: {
    label: 'Silent, then a flood',
    title: (chat) => `${chat} goes silent, then all comes at once`,
    says: (chat) =>
      `${chat} tells nothing of what people write there, and afterwards all of it at once, late, in disorder and several times over`,
  },
};

/** What people read on the card. */
export const summaryOf = (fault: DrillFault, chat: string, minutes: number, report: string): string =>
  `This is a drill. Nothing real is broken, and only this room takes part. In a moment, for ${minutes} minutes, it is pretended that ${FAULT_WORDS[fault].says(chat)}. Write on both sides, notice it, and go on in the war room. How it went: ${report}`;

export const titleOf = (fault: DrillFault, chat: string): string => `Drill: ${FAULT_WORDS[fault].title(chat)}`;

/** As a chat of its own, wherever a chat's name stands. */
export const nameInDrill = (chat: string): string => `${chat} (drill)`;

interface Told {
  readonly phase: Phase;
  readonly fault: DrillFault;
  readonly chat: string;
  readonly number: string;
  readonly minutes: number;
  readonly cut: Cut | null;
}

/** What goes on now, and what comes next. */
export function wordsFor({ phase, fault, chat, number, minutes, cut }: Told): string {
  switch (phase) {
    case 'opening':
      return `The room of ${number} is being opened in ${chat}. Once it is seen to work, it breaks.`;
    case 'broken':
      return `Since it broke, ${FAULT_WORDS[fault].says(chat)}: in ${number} alone, for ${minutes} minutes. Write on both sides.`;
    case 'returning':
      return `${chat} is well again in ${number}. What was said there is read, and what waited here goes out.`;
    case 'closing':
      return `${number} is over. Its last words go out to ${chat}.`;
    case 'over':
      return cut === null ? 'It went its whole time.' : CUT_WORDS[cut](chat);
  }
}

const CUT_WORDS: Readonly<Record<Cut, (chat: string) => string>> = {
  stopped: () => 'Somebody stopped it before its time.',
  'real-trouble': (chat) =>
    `${chat} itself fell, so the drill ended at once: nobody should take the one for the other. Have it again when ${chat} is well.`,
  'not-opened': (chat) =>
    `Its room could not be opened in ${chat}, so nothing was broken. Look at /adapters for what ${chat} needs, and have it again.`,
  restored: () => 'A backup was restored while it went on, so there is no report. Have it again.',
};

/** Said at its end as what was learnt. */
export const lastWords = (report: DrillReport | null, href: string): string =>
  report && report.of > 0
    ? `The drill is over: ${report.kept} of ${report.of} goals were kept. What to improve: ${href}`
    : `The drill is over: ${href}`;
