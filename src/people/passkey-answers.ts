import { verifyAuthenticationResponse, verifyRegistrationResponse } from '@simplewebauthn/server';
import * as z from 'zod/mini';
import { PasskeyRefused } from './passkeys.errors.ts';
import type { RelyingParty } from './relying-party.ts';

const text = z.string().check(z.maxLength(20_000));
const common = { id: text, rawId: text, type: z.literal('public-key'), clientExtensionResults: z.optional(z.unknown()) };

/** A passkey that was made, as browsers tell it. */
export const madeAnswer = z.object({ ...common, response: z.object({ clientDataJSON: text, attestationObject: text }) });

/** A passkey that was touched. `userHandle`: whose the device says it is. */
export const touchedAnswer = z.object({
  ...common,
  response: z.object({ clientDataJSON: text, authenticatorData: text, signature: text, userHandle: z.nullish(text) }),
});

/** What the script of a page has put into the form: as JSON, in the field `answer`. @throws PasskeyRefused */
export function answerIn<Schema extends z.ZodMiniType>(schema: Schema, fields: Fields): z.output<Schema> {
  const given = fields?.['answer'];
  try {
    return schema.parse(typeof given === 'string' ? JSON.parse(given) : undefined);
  } catch (error) {
    throw new PasskeyRefused(error instanceof Error ? error.message : String(error));
  }
}

export type Fields = Readonly<Record<string, unknown>> | undefined;
export type MadeAnswer = z.infer<typeof madeAnswer>;
export type TouchedAnswer = z.infer<typeof touchedAnswer>;

/** What is kept of one: enough to know it again. */
export interface MadePasskey {
  readonly credentialId: string;
  readonly publicKey: Uint8Array;
  readonly counter: number;
  readonly isSynced: boolean;
}

/** What was signed, so that it can be used up before anything is looked at closer. @throws PasskeyRefused */
export function challengeIn({ response }: MadeAnswer | TouchedAnswer): string {
  try {
    const { challenge } = JSON.parse(Buffer.from(response.clientDataJSON, 'base64url').toString()) as { challenge?: unknown };
    if (typeof challenge === 'string') return challenge;
  } catch {
    // Said below.
  }
  throw new PasskeyRefused('clientDataJSON holds no challenge');
}

/** Who made the device is not asked: any that verifies its person will do. @throws PasskeyRefused */
export async function checkMade(answer: MadeAnswer, challenge: string, { id, origins }: RelyingParty): Promise<MadePasskey> {
  const { verified, registrationInfo } = await refusing(
    verifyRegistrationResponse({
      response: { ...answer, clientExtensionResults: {} },
      expectedChallenge: challenge,
      expectedOrigin: [...origins],
      expectedRPID: id,
    }),
  );
  if (!verified) throw new PasskeyRefused('it does not hold together');
  const { credential, credentialBackedUp } = registrationInfo;
  return { credentialId: credential.id, publicKey: credential.publicKey, counter: credential.counter, isSynced: credentialBackedUp };
}

/** Answers how often the device says that it used the key; that this goes on is for whoever keeps it to see. @throws PasskeyRefused */
export async function checkTouched(
  answer: TouchedAnswer,
  challenge: string,
  publicKey: Uint8Array,
  { id, origins }: RelyingParty,
): Promise<number> {
  const { verified, authenticationInfo } = await refusing(
    verifyAuthenticationResponse({
      response: {
        ...answer,
        response: { ...answer.response, userHandle: answer.response.userHandle ?? undefined },
        clientExtensionResults: {},
      },
      expectedChallenge: challenge,
      expectedOrigin: [...origins],
      expectedRPID: id,
      credential: { id: answer.id, publicKey: new Uint8Array(publicKey), counter: 0 },
    }),
  );
  if (!verified) throw new PasskeyRefused('the signature is not that of the key');
  return authenticationInfo.newCounter;
}

/** The library throws whatever does not fit; all of it is the request's fault. */
const refusing = <T>(check: Promise<T>): Promise<T> =>
  check.catch((error: unknown) => {
    throw new PasskeyRefused(error instanceof Error ? error.message : String(error));
  });
