import { UPDATE } from './waiting.ts';

/** What forms offer as the time to the next update, in minutes. */
export const minutesOffered: readonly number[] = [15, 20, 30, 60];

interface Asked {
  /** `update`, or the role's key. */
  readonly about: string;
  readonly dueAt: string;
}

/** What Muster asks for, until somebody answers. */
export const nudgeWords = ({ about, dueAt }: Asked, clock: (iso: string) => string): string =>
  about === UPDATE ? `An update was due at ${clock(dueAt)}. Where does it stand?` : `Nobody has taken the ${about}. Who does?`;

/** The same as something that was answered: "The next update was put off". */
export const askedWords = (about: string): string => (about === UPDATE ? 'The next update' : `The question who takes the ${about}`);
