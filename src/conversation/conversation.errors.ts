/** Said to the person alone; names what can be written instead. */
export class NotUnderstood extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'NotUnderstood';
  }
}

export class NoIncidentHere extends Error {
  constructor(verb: string) {
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

type ErrorKind = new (...args: never[]) => Error;

/** Errors that are a sentence for the person who asked. Capabilities add theirs; anything else is our own fault. */
const tellable = new Set<ErrorKind>([NotUnderstood, NoIncidentHere, FormInvalid]);

export function tellPeople(...kinds: readonly ErrorKind[]): void {
  for (const kind of kinds) tellable.add(kind);
}

export function isTellable(error: unknown): error is Error {
  return [...tellable].some((kind) => error instanceof kind);
}
