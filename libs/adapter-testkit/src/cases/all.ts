import type { Case } from '../case.ts';
import { durableBeforeAcknowledged } from './cp1-durable-before-acknowledged.ts';
import { withinLimits } from './cp10-within-limits.ts';
import { errorsDecide } from './cp11-errors-decide.ts';
import { roomsByKey } from './cp12-rooms-by-key.ts';
import { historyIsTheSameEvents } from './cp13-history-is-the-same-events.ts';
import { historyHasMarks } from './cp13-marks.ts';
import { keepsItsSecrets } from './cp14-keeps-its-secrets.ts';
import { onlyThePlatform } from './cp14-only-the-platform.ts';
import { saysHowItIs } from './cp15-says-how-it-is.ts';
import { onceInside } from './cp2-once-inside.ts';
import { saidOnce } from './cp3-said-once.ts';
import { changesThatAreDone } from './cp4-changes-that-are-done.ts';
import { inOrder } from './cp4-in-order.ts';
import { oneAttempt } from './cp5-one-attempt.ts';
import { bounded } from './cp6-bounded.ts';
import { ownVoice } from './cp7-own-voice.ts';
import { saidToUs } from './cp8-said-to-us.ts';
import { textIsData } from './cp8-text-is-data.ts';
import { direct } from './cp9-direct.ts';
import { filesBothWays } from './cp9-files.ts';
import { home } from './cp9-home.ts';
import { honestGaps } from './cp9-honest-gaps.ts';
import { missed } from './cp9-missed.ts';
import { roomsAndWhoIsInThem } from './cp9-rooms-and-who-is-in-them.ts';

/** Every case of the contract, by rule. */
export const CASES: readonly Case[] = [
  ...durableBeforeAcknowledged,
  ...onceInside,
  ...saidOnce,
  ...inOrder,
  ...changesThatAreDone,
  ...oneAttempt,
  ...bounded,
  ...ownVoice,
  ...textIsData,
  ...saidToUs,
  ...honestGaps,
  ...filesBothWays,
  ...home,
  ...direct,
  ...roomsAndWhoIsInThem,
  ...missed,
  ...withinLimits,
  ...errorsDecide,
  ...roomsByKey,
  ...historyIsTheSameEvents,
  ...historyHasMarks,
  ...onlyThePlatform,
  ...keepsItsSecrets,
  ...saysHowItIs,
];
