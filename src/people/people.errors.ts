/** The link has been used, has run out, or never existed; which of them is nobody's business but its owner's. */
export class LinkNotUsable extends Error {
  constructor(
    message = 'This link has been used or has run out. Start Muster again in a terminal, run `npm run sign-in`, or ask somebody inside for an invitation: each gives a fresh one. A code from your sheet works too.',
  ) {
    super(message);
    this.name = 'LinkNotUsable';
  }
}

/** Practice needs no sign-in, so its link is renewed in another way. */
export class PracticeLinkNotUsable extends LinkNotUsable {
  constructor() {
    super(
      'This practice link has run out, or a piece of it is missing. Check that all of it was copied; Muster prints a fresh one each time it starts ("See it in two minutes: …").',
    );
    this.name = 'PracticeLinkNotUsable';
  }
}

/** Nobody's, used, or of a sheet that was printed anew since. */
export class PrintedCodeNotUsable extends Error {
  constructor(
    message = 'This code is not known. Compare it with the paper letter by letter: 0, 1, I, L and O are in none. Where a newer sheet was printed, only its codes work. Without one, ask somebody inside for an invitation.',
  ) {
    super(message);
    this.name = 'PrintedCodeNotUsable';
  }
}

/** What a chat said of all their accounts. */
export class AccountDeactivated extends Error {
  constructor() {
    super(
      'This account was deactivated in the chat, so it has no codes, and none lets it in. If that is a mistake, ask somebody inside for an invitation.',
    );
    this.name = 'AccountDeactivated';
  }
}

export class NameMissing extends Error {
  constructor() {
    super('Say what people should call you: a name of 1 to 80 characters.');
    this.name = 'NameMissing';
  }
}

export class NotSignedIn extends Error {
  constructor(say = 'You are not signed in. Open a sign-in link (`npm run sign-in` prints one), or send `Authorization: Bearer <token>`.') {
    super(say);
    this.name = 'NotSignedIn';
  }
}

/** A token came with the request, and it is nobody's. */
export class TokenUnknown extends NotSignedIn {
  constructor() {
    super(
      'This token is not known, was revoked, or has run out. Send another one as `Authorization: Bearer <token>`; `MUSTER_BOOTSTRAP_TOKEN` sets one when Muster starts, and `npm run sign-in` prints a link for a browser.',
    );
    this.name = 'TokenUnknown';
  }
}

export class NotAllowed extends Error {
  constructor(what: string, next = 'Ask an admin.') {
    super(`You may not ${what}. ${next}`);
    this.name = 'NotAllowed';
  }
}

/** Whoever is at this browser may be somebody else by now. */
export class ConfirmFirst extends Error {
  constructor() {
    super(
      `For this, show once more that it is you: nothing was done. Sign in again at \`/confirm\`, with a passkey or another way, then go back and press again; what you typed is still there. It is asked once in ten minutes.`,
    );
    this.name = 'ConfirmFirst';
  }
}

/** The token's person may; the token was made for less. */
export class ScopeMissing extends NotAllowed {
  constructor(
    readonly needed: string,
    readonly has: readonly string[],
  ) {
    super(
      `use this token for that: it needs the scope "${needed}", and this one has ${has.map((scope) => `"${scope}"`).join(' and ')}`,
      'Send one that has it; tokens are made at /settings/tokens.',
    );
    this.name = 'ScopeMissing';
  }
}

/** Nobody needs to ask so often. It says when to come back, in words and as `Retry-After`. */
export class TooOften extends Error {
  readonly retryAfterSeconds: number;

  constructor(what: string, waitMs: number, now: number) {
    const seconds = Math.ceil(waitMs / 1_000);
    const at = new Date(now + waitMs).toISOString().slice(11, 19);
    super(`${what} Nothing was done or used up. Try again in ${seconds} seconds, at ${at} UTC.`);
    this.name = 'TooOften';
    this.retryAfterSeconds = seconds;
  }
}

export class TokenNotFound extends Error {
  constructor() {
    super('There is no such token that you could revoke. GET /api/v1/tokens lists those there are.');
    this.name = 'TokenNotFound';
  }
}

export class TokenOverAlready extends Error {
  constructor() {
    super('The token would be over before it is made. Choose an end in the future, or none.');
    this.name = 'TokenOverAlready';
  }
}

export class PersonNotFound extends Error {
  constructor() {
    super('There is nobody of this id. GET /api/v1/people lists who is here.');
    this.name = 'PersonNotFound';
  }
}

export class NotJoinable extends Error {
  constructor(message = 'Whoever only practises is nobody else: choose two people of the organisation. GET /api/v1/people lists them.') {
    super(message);
    this.name = 'NotJoinable';
  }
}

export class ChatNotKnown extends Error {
  constructor() {
    super('There is no such chat. GET /api/v1/people/joins lists those there are.');
    this.name = 'ChatNotKnown';
  }
}

export class ClaimNotUsable extends Error {
  constructor(
    message = 'This code is not known, was used, or is over: it is good for ten minutes, once. Ask for a new one in the other place (`/incident this-is-me`) and write it here.',
  ) {
    super(message);
    this.name = 'ClaimNotUsable';
  }
}

export class LastAdmin extends Error {
  constructor() {
    super('Nobody else is an admin. Make somebody else one first.');
    this.name = 'LastAdmin';
  }
}
