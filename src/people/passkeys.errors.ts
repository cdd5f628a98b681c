/** Nobody's here: taken away since, or made for another Muster. */
export class PasskeyNotKnown extends Error {
  constructor() {
    super(
      'This passkey is not known here: it was removed, or made for another Muster. Sign in another way, then make one under Settings, Your passkeys. Your device may go on offering the old one until you delete it there.',
    );
    this.name = 'PasskeyNotKnown';
  }
}

/** What a device sent does not prove anything. `why` is for programmers, as the check says it. */
export class PasskeyRefused extends Error {
  constructor(readonly why: string) {
    super(
      'What your device sent does not fit what it was asked for, so nothing was done. Open this page at its usual address, which is on your sheet, and try again; if it stays, sign in another way.',
    );
    this.name = 'PasskeyRefused';
  }
}

/** The device says that it used this key less often than it did. */
export class PasskeyCopied extends Error {
  constructor(name: string) {
    super(
      `The passkey "${name}" counts less often than it was used here, as a copy would, so it lets nobody in. Sign in another way, remove it under Settings, Your passkeys, and make a new one. If you did not copy it, tell an admin.`,
    );
    this.name = 'PasskeyCopied';
  }
}

export class PasskeyTryOver extends Error {
  constructor() {
    super('This try is over: each is good for five minutes, once. Nothing was done. Press the button again.');
    this.name = 'PasskeyTryOver';
  }
}

export class PasskeysNotHere extends Error {
  constructor() {
    super(
      'Browsers have no passkeys at this address: they need https and a name, not a number. Ask whoever runs Muster to set `PUBLIC_URL` to such an address.',
    );
    this.name = 'PasskeysNotHere';
  }
}

export class PasskeyNotFound extends Error {
  constructor() {
    super('You have no such passkey. It may have been removed already; Settings, Your passkeys lists those there are.');
    this.name = 'PasskeyNotFound';
  }
}

export class TooManyPasskeys extends Error {
  constructor(most: number) {
    super(`You have ${most} passkeys, and nobody needs more. Remove one that you do not use, then make this one.`);
    this.name = 'TooManyPasskeys';
  }
}

export class PasskeyNameMissing extends Error {
  constructor() {
    super('Say what to call this passkey: 1 to 60 characters, such as "Work laptop".');
    this.name = 'PasskeyNameMissing';
  }
}
