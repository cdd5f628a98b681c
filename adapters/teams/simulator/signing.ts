import { type KeyObject, createHmac, createSign, generateKeyPairSync, randomUUID } from 'node:crypto';

/** What is wrong with a token. `stale` and `future` are ten minutes off, twice what is forgiven. */
export type Flaw =
  | 'signature'
  | 'stale'
  | 'future'
  | 'issuer'
  | 'audience'
  | 'service'
  | 'endorsement'
  | 'unknown-key'
  | 'no-key-named'
  | 'no-algorithm'
  | 'public-key-as-secret'
  | 'garbage';

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
    if (flaw === 'garbage') return 'e30.not-a-token';
    const now = Math.floor(Date.now() / 1_000);
    const from = now + (flaw === 'future' ? 10 * MINUTE_S : flaw === 'stale' ? -2 * HOUR_S : 0);
    const said = [
      { alg: ALGORITHMS[flaw ?? ''] ?? 'RS256', typ: 'JWT', kid: this.keyNamed(flaw) },
      {
        iss: flaw === 'issuer' ? 'https://api.evil.example.test' : 'https://api.botframework.com',
        aud: flaw === 'audience' ? 'another-app' : this.appId,
        serviceurl: flaw === 'service' ? 'https://evil.example.test' : this.serviceUrl(),
        nbf: from,
        exp: flaw === 'stale' ? now - 10 * MINUTE_S : from + HOUR_S,
      },
    ]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    return `${said}.${sealOf(said, flaw)}`;
  }

  private keyNamed(flaw: Flaw | undefined): string | undefined {
    if (flaw === 'no-key-named') return undefined;
    if (flaw === 'unknown-key') return randomUUID();
    return flaw === 'endorsement' ? this.unendorsed : this.keyId;
  }
}

const ALGORITHMS: Readonly<Record<string, string>> = { 'no-algorithm': 'none', 'public-key-as-secret': 'HS256' };

function sealOf(said: string, flaw: Flaw | undefined): string {
  if (flaw === 'no-algorithm') return '';
  if (flaw === 'public-key-as-secret') return createHmac('sha256', pemOf(publicKey)).update(said).digest('base64url');
  const seal = createSign('RSA-SHA256').update(said).sign(privateKey).toString('base64url');
  return flaw === 'signature' ? `${seal.slice(0, -8)}AAAAAAAA` : seal;
}

const pemOf = (key: KeyObject): string => key.export({ type: 'spki', format: 'pem' }).toString();
