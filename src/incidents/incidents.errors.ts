import { kinds, severities } from '#libs/war-room-protocol/vocabulary';

export class IncidentNotFound extends Error {
  constructor(readonly id: string) {
    super(`There is no incident "${id}" that you can see. Look at the list for its number, for example INC-247.`);
    this.name = 'IncidentNotFound';
  }
}

export class TitleNotUsable extends Error {
  constructor() {
    super('Say what is broken in 1 to 200 characters. The rest fits in the summary.');
    this.name = 'TitleNotUsable';
  }
}

/** More than is kept. */
export class TooLong extends Error {
  constructor(what: 'it' | 'why', limit: number) {
    super(`Say ${what} in at most ${limit} characters. The rest fits in messages.`);
    this.name = 'TooLong';
  }
}

export class UnknownSeverity extends Error {
  constructor(readonly given: string) {
    super(
      `There is no severity "${given.slice(0, 40)}". Choose ${severities.map(({ name, guidance }) => `${name} (${guidance.toLowerCase()})`).join(', ')}.`,
    );
    this.name = 'UnknownSeverity';
  }
}

export class UnknownKind extends Error {
  constructor(readonly given: string) {
    super(
      `There is no kind "${given.slice(0, 40)}". Choose ${kinds
        .filter(({ name }) => name !== 'drill')
        .map(({ label, guidance }) => `${label.toLowerCase()} (${guidance.toLowerCase()})`)
        .join(', ')}.`,
    );
    this.name = 'UnknownKind';
  }
}

export class KindRefused extends Error {
  constructor(readonly reference: string) {
    super(`${reference} says by its number whether it is a drill, and that stays so. Declare another one instead.`);
    this.name = 'KindRefused';
  }
}

export class UnknownStatus extends Error {
  constructor(
    readonly given: string,
    known: readonly string[],
  ) {
    super(`There is no status "${given.slice(0, 40)}". Choose ${known.join(', ')}.`);
    this.name = 'UnknownStatus';
  }
}

const HOW: Readonly<Record<string, string>> = {
  declined: ' Decline it, and say why.',
  merged: ' Merge it, and say into which.',
  closed: ' Resolve it first.',
};

export class TransitionRefused extends Error {
  constructor(
    readonly from: string,
    readonly to: string,
  ) {
    super(`An incident that is ${from} cannot become ${to}.${HOW[to] ?? ''}`);
    this.name = 'TransitionRefused';
  }
}

export class SentenceMissing extends Error {
  constructor() {
    super('Resolving asks for one sentence: what will not happen again? For example: resolve We now alert on pool saturation.');
    this.name = 'SentenceMissing';
  }
}

export class IncidentResolved extends Error {
  constructor(readonly reference: string) {
    super(`${reference} is over already. Reopen it first.`);
    this.name = 'IncidentResolved';
  }
}

export class PersonUnknown extends Error {
  /** `known`: names that may have been meant. */
  constructor(
    readonly given: string,
    known: readonly string[] = [],
  ) {
    const next =
      known.length === 0
        ? 'Write "me", or the whole name as Muster shows it. Somebody who is not in Muster yet is invited first: "Invite somebody" in the list of incidents makes a link for them.'
        : `Did you mean ${known.join(' or ')}? Write the whole name.`;
    super(`Nobody here is called "${given.slice(0, 80)}". ${next}`);
    this.name = 'PersonUnknown';
  }
}

export class TeamUnknown extends Error {
  constructor(given: string, known: readonly string[]) {
    super(
      known.length === 0
        ? `There is no team "${given.slice(0, 80)}" that could be added here. Add people by their names.`
        : `There is no team "${given.slice(0, 80)}". Choose ${known.join(', ')}.`,
    );
    this.name = 'TeamUnknown';
  }
}

export class TeamEmpty extends Error {
  constructor(team: string) {
    super(`Nobody is in ${team} yet. A responder puts people into it at /settings/teams.`);
    this.name = 'TeamEmpty';
  }
}

/** Which of the two is meant, only the sender knows. */
export class TeamOrPerson extends Error {
  constructor(given: string, person: string) {
    super(
      `Both a team and somebody are called "${given.slice(0, 80)}". Write "add team ${given.slice(0, 80)}" for the team, or "add ${person}" for them.`,
    );
    this.name = 'TeamOrPerson';
  }
}

const SHOWN = 5;

/** Several people have the name; what tells them apart is shown. */
export class PersonAmbiguous extends Error {
  constructor(given: string, known: readonly { readonly id: string; readonly name: string }[]) {
    const shown = known.slice(0, SHOWN).map(({ id, name }) => `${name} (${id})`);
    const more = known.length > SHOWN ? ' and more' : '';
    super(
      `${known.length} people are called "${given.slice(0, 80)}": ${shown.join(', ')}${more}. Write the id of the one you mean; in a chat, choose them from the list that opens behind an @.`,
    );
    this.name = 'PersonAmbiguous';
  }
}

export class RoleUnknown extends Error {
  constructor(given: string, known: readonly string[]) {
    super(`There is no role "${given.slice(0, 40)}" to give. Choose ${known.join(', ')}.`);
    this.name = 'RoleUnknown';
  }
}

export class RoleNotUsable extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'RoleNotUsable';
  }
}

/** Declining without a reason teaches nobody anything. */
export class ReasonMissing extends Error {
  constructor() {
    super('Say why it is no incident, in a few words. Whoever declared it will read them.');
    this.name = 'ReasonMissing';
  }
}

export class MergeRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'MergeRefused';
  }
}

export class StatusNotUsable extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'StatusNotUsable';
  }
}

export class StatusInUse extends Error {
  constructor(readonly status: string) {
    super(`Incidents stand at "${status}". Move them on first, or archive it: then they keep it, and it is not offered any more.`);
    this.name = 'StatusInUse';
  }
}

/** Said at start, in one line, and nothing is served: an incident would be stuck somewhere. */
export class StatusTableNotUsable extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`The table of statuses cannot be used: ${problems.join(' ')} Correct the tables "status" and "category_move".`);
    this.name = 'StatusTableNotUsable';
  }
}

/** There is no door to open: everybody sees it. */
export class NotPrivate extends Error {
  constructor(readonly reference: string) {
    super(`${reference} is not private. Open it like any other.`);
    this.name = 'NotPrivate';
  }
}

/** Nobody could let anybody in again. */
export class LastToSeeIt extends Error {
  constructor(readonly reference: string) {
    super(`Nobody else sees ${reference}. Add somebody first, or make it public.`);
    this.name = 'LastToSeeIt';
  }
}

/** The same id came with another request: answering it as done would lose it. */
export class RequestIdReused extends Error {
  constructor() {
    super('This id was used for another request. Send it again with a new id.');
    this.name = 'RequestIdReused';
  }
}

/** The same Idempotency-Key came with another body. Which of the two is meant, only the sender knows. */
export class KeyReused extends Error {
  constructor() {
    super('This Idempotency-Key was used for another request. Send the first request again unchanged, or use a new key.');
    this.name = 'KeyReused';
  }
}
