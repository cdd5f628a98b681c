import { type KeyObject, createSign, generateKeyPairSync, randomUUID } from 'node:crypto';

/** What is wrong with a token. `stale` and `future` are ten minutes off, twice what is forgiven. */
export type Flaw = 'signature' | 'stale' | 'future' | 'issuer' | 'audience' | 'service' | 'endorsement';

const MINUTE_S = 60;
const HOUR_S = 3_600;
/** Making one takes a while, and they may be shared: each service has a name of its own for it. */
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });

/** The keys of the Bot Connector service, and the tokens that it sends with what it tells. */
export class Signing {
  readonly keyId = randomUUID();
  private readonly unendorsed = randomUUID();

  constructor(
    private readonly appId: string,
    private readonly serviceUrl: () => string,
  ) {}

  /** The document at `jwks_uri`. */
  keys(): object {
    const { n, e } = publicKey.export({ format: 'jwk' });
    const key = (kid: string, endorsements: string[]): object => ({ kty: 'RSA', use: 'sig', kid, n, e, endorsements });
    return { keys: [key(this.keyId, ['msteams']), key(this.unendorsed, ['skype'])] };
  }

  token(flaw?: Flaw): string {
    const now = Math.floor(Date.now() / 1_000);
    const from = now + (flaw === 'future' ? 10 * MINUTE_S : flaw === 'stale' ? -2 * HOUR_S : 0);
    const token = signed(
      { alg: 'RS256', typ: 'JWT', kid: flaw === 'endorsement' ? this.unendorsed : this.keyId },
      {
        iss: flaw === 'issuer' ? 'https://api.evil.example.test' : 'https://api.botframework.com',
        aud: flaw === 'audience' ? 'another-app' : this.appId,
        serviceurl: flaw === 'service' ? 'https://evil.example.test' : this.serviceUrl(),
        nbf: from,
        exp: flaw === 'stale' ? now - 10 * MINUTE_S : from + HOUR_S,
      },
      privateKey,
    );
    return flaw === 'signature' ? `${token.slice(0, -8)}AAAAAAAA` : token;
  }
}

function signed(header: object, claims: object, key: KeyObject): string {
  const said = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return `${said}.${createSign('RSA-SHA256').update(said).sign(key).toString('base64url')}`;
}
