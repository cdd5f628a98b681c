import type { Provider } from '@nestjs/common';
import type { Config } from '#src/platform/config/config.schema';
import { Database } from '#src/platform/database/database';
import { mapErrors } from '#src/platform/http/problems';
import { StreamLog } from '#src/platform/log/log';
import { CONFIG } from '#src/platform/platform.tokens';
import { PasskeyChallenges } from './passkey-challenges.ts';
import { PasskeyOptions } from './passkey-options.service.ts';
import { PasskeyTouches } from './passkey-touches.service.ts';
import {
  PasskeyCopied,
  PasskeyNameMissing,
  PasskeyNotFound,
  PasskeyNotKnown,
  PasskeyRefused,
  PasskeysNotHere,
  PasskeyTryOver,
  TooManyPasskeys,
} from './passkeys.errors.ts';
import { Passkeys } from './passkeys.service.ts';
import { relyingPartyOf } from './relying-party.ts';
import { Sessions } from './sessions.ts';

/** The door by passkey, and what is kept for it. */
export const PASSKEYS: Provider[] = [
  { provide: PasskeyChallenges, useFactory: (database: Database) => new PasskeyChallenges(database), inject: [Database] },
  { provide: Passkeys, useFactory: (database: Database, log: StreamLog) => new Passkeys(database, log), inject: [Database, StreamLog] },
  {
    provide: PasskeyOptions,
    useFactory: (challenges: PasskeyChallenges, passkeys: Passkeys, config: Config) => {
      mapErrors(401, PasskeyNotKnown, PasskeyCopied);
      mapErrors(400, PasskeyRefused, PasskeyNameMissing);
      mapErrors(404, PasskeyNotFound);
      mapErrors(409, PasskeysNotHere, TooManyPasskeys);
      mapErrors(410, PasskeyTryOver);
      return new PasskeyOptions(challenges, passkeys, relyingPartyOf(config));
    },
    inject: [PasskeyChallenges, Passkeys, CONFIG],
  },
  {
    provide: PasskeyTouches,
    useFactory: (database: Database, sessions: Sessions, challenges: PasskeyChallenges, log: StreamLog) =>
      new PasskeyTouches(database, sessions, challenges, log),
    inject: [Database, Sessions, PasskeyChallenges, StreamLog],
  },
];
