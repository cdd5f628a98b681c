/**
 * The first word is none that works here. The line may be a title: `title` is what an incident could be declared with,
 * `likely` what else could have been meant. The sentence is how it is said where nothing better can be shown.
 */
export class NotUnderstood extends Error {
  constructor(
    readonly title: string,
    readonly likely: readonly string[],
    prefix = '/',
  ) {
    const [first = ''] = title.split(/\s+/);
    super(
      `${first === '' ? 'Nothing was asked for' : `"${first.slice(0, 40)}" is none of the words that work here`}. You can write: ${likely.map((usage) => `${prefix}${usage}`).join(', ')}. ${prefix}help shows the rest, and ${prefix}declare ${title.slice(0, 80) || '<what is broken>'} declares a new incident.`,
    );
    this.name = 'NotUnderstood';
  }
}

/** Asked outside an incident's room for what is done in one. `title` is the whole line, which may have been meant as one. */
export class NoIncidentHere extends Error {
  constructor(
    verb: string,
    readonly title: string,
  ) {
    super(`"${verb}" is about an incident, and this is no incident's room. Write it in the incident's channel or in its war room.`);
    this.name = 'NoIncidentHere';
  }
}

/** A field of a form is not usable; `fields` says which and why, in the form itself. */
export class FormInvalid extends Error {
  constructor(readonly fields: Readonly<Record<string, string>>) {
    super(Object.values(fields).join(' '));
    this.name = 'FormInvalid';
  }
}

/** What was asked for is for one person's eyes, and this chat shows every answer to everybody. */
export class ReadByAll extends Error {
  /** `alone`: in this chat people can be alone with Muster. */
  constructor(warRoom: string, alone: boolean) {
    const there = alone ? 'Ask in your own chat with Muster, or in the war room' : 'Ask in the war room';
    super(`Everybody here would read the answer, and it is for you alone. ${there}: ${warRoom}`);
    this.name = 'ReadByAll';
  }
}

/** An app was named where a person is meant. */
export class NotAPerson extends Error {
  constructor(name: string) {
    super(`${name} is an app, and no person. Name somebody who can do it, or write "me".`);
    this.name = 'NotAPerson';
  }
}

/** Somebody was named whose account is deactivated. */
export class LeftTheChat extends Error {
  constructor(name: string) {
    super(`The account of ${name} is deactivated here: nobody would read that. Name somebody else, or write "me".`);
    this.name = 'LeftTheChat';
  }
}

type ErrorKind = new (...args: never[]) => Error;

/** Errors that are a sentence for the person who asked. Capabilities add theirs; anything else is our own fault. */
const tellable = new Set<ErrorKind>([NotUnderstood, NoIncidentHere, FormInvalid, ReadByAll, NotAPerson, LeftTheChat]);

export function tellPeople(...kinds: readonly ErrorKind[]): void {
  for (const kind of kinds) tellable.add(kind);
}

export function isTellable(error: unknown): error is Error {
  return [...tellable].some((kind) => error instanceof kind);
}
