import type { PasskeyChallenges } from './passkey-challenges.ts';
import { PasskeysNotHere } from './passkeys.errors.ts';
import type { Passkeys } from './passkeys.service.ts';
import type { AtTheDoor, PersonId } from './people.types.ts';
import type { RelyingParty } from './relying-party.ts';

/** How long a device has; the challenge is good for as long. */
const TIME_MS = 5 * 60_000;

/** What every device and browser can sign with, the better first: Ed25519, P-256, RSA. */
const ALGORITHMS = [-8, -7, -257].map((alg) => ({ type: 'public-key' as const, alg }));

/** What a page asks of a device, in the words of WebAuthn. */
export class PasskeyOptions {
  constructor(
    private readonly challenges: PasskeyChallenges,
    private readonly passkeys: Passkeys,
    /** Null where browsers have no passkeys. */
    readonly here: RelyingParty | null,
  ) {}

  /** @throws PasskeysNotHere */
  get relyingParty(): RelyingParty {
    if (!this.here) throw new PasskeysNotHere();
    return this.here;
  }

  /** What devices call those that somebody has. */
  of(person: PersonId): Promise<readonly string[]> {
    return this.passkeys.credentialsOf(person);
  }

  /** It has to be findable without a name, and its person shown by finger, face or PIN: then it is all that somebody needs. */
  async toMake({ person }: AtTheDoor) {
    const { id } = this.relyingParty;
    const has = await this.of(person.id);
    return {
      rp: { id, name: 'Muster' },
      user: { id: Buffer.from(person.id.replaceAll('-', ''), 'hex').toString('base64url'), name: person.name, displayName: person.name },
      challenge: await this.challenges.create('make', person.id),
      pubKeyCredParams: ALGORITHMS,
      excludeCredentials: has.map((credential) => ({ type: 'public-key', id: credential })),
      authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
      attestation: 'none',
      timeout: TIME_MS,
    };
  }

  /** Whoever it is: the device asks which. */
  async toSignIn() {
    const { id } = this.relyingParty;
    return { rpId: id, challenge: await this.challenges.create('sign-in', null), userVerification: 'required', timeout: TIME_MS };
  }
}
