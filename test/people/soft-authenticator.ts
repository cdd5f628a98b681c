import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

interface Asked {
  readonly challenge: string;
}

interface Lie {
  readonly origin?: string;
  readonly relyingParty?: string;
  readonly type?: string;
  /** Says that its person was verified. */
  readonly verified?: boolean;
}

const PRESENT = 0x01;
const VERIFIED = 0x04;
const HOLDS_KEY = 0x40;

/**
 * A device with one passkey, in software, after WebAuthn level 2: P-256, no attestation. It lies where it is told to.
 */
export class SoftAuthenticator {
  readonly id = randomBytes(16);
  counter = 0;
  private readonly key: KeyObject;
  private readonly publicKey: KeyObject;

  constructor(
    private readonly origin: string,
    private readonly relyingParty = new URL(origin).hostname,
    keys = generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  ) {
    ({ privateKey: this.key, publicKey: this.publicKey } = keys);
  }

  /** What a browser answers when a passkey was made. */
  make(asked: Asked, lie: Lie = {}) {
    const { x = '', y = '' } = this.publicKey.export({ format: 'jwk' });
    const cose = map([
      [int(1), int(2)],
      [int(3), int(-7)],
      [int(-1), int(1)],
      [int(-2), bytes(Buffer.from(x, 'base64url'))],
      [int(-3), bytes(Buffer.from(y, 'base64url'))],
    ]);
    const length = Buffer.alloc(2);
    length.writeUInt16BE(this.id.length);
    const data = Buffer.concat([this.data(lie, HOLDS_KEY), Buffer.alloc(16), length, this.id, cose]);
    const attestation = map([
      [text('fmt'), text('none')],
      [text('attStmt'), map([])],
      [text('authData'), bytes(data)],
    ]);
    return this.answer({
      clientDataJSON: this.clientData('webauthn.create', asked, lie).toString('base64url'),
      attestationObject: attestation.toString('base64url'),
    });
  }

  /** What a browser answers when it was touched. */
  touch(asked: Asked, lie: Lie = {}) {
    const client = this.clientData('webauthn.get', asked, lie);
    const data = this.data(lie);
    const signature = sign('sha256', Buffer.concat([data, createHash('sha256').update(client).digest()]), this.key);
    return this.answer({
      clientDataJSON: client.toString('base64url'),
      authenticatorData: data.toString('base64url'),
      signature: signature.toString('base64url'),
    });
  }

  private answer<Response>(response: Response) {
    const id = this.id.toString('base64url');
    return { id, rawId: id, type: 'public-key', response };
  }

  private clientData(type: string, { challenge }: Asked, lie: Lie): Buffer {
    return Buffer.from(JSON.stringify({ type: lie.type ?? type, challenge, origin: lie.origin ?? this.origin, crossOrigin: false }));
  }

  private data({ relyingParty = this.relyingParty, verified = true }: Lie, flags = 0): Buffer {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(this.counter);
    const said = Buffer.from([flags | PRESENT | (verified ? VERIFIED : 0)]);
    return Buffer.concat([createHash('sha256').update(relyingParty).digest(), said, counter]);
  }
}

/** As much of CBOR (RFC 8949) as is needed: each value begins with its kind and its length, or is a small number. */
function head(kind: number, length: number): Buffer {
  if (length < 24) return Buffer.from([(kind << 5) | length]);
  if (length < 256) return Buffer.from([(kind << 5) | 24, length]);
  return Buffer.from([(kind << 5) | 25, length >> 8, length & 0xff]);
}
const int = (value: number): Buffer => (value < 0 ? head(1, -1 - value) : head(0, value));
const bytes = (value: Buffer): Buffer => Buffer.concat([head(2, value.length), value]);
const text = (value: string): Buffer => Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
const map = (pairs: readonly (readonly [Buffer, Buffer])[]): Buffer => Buffer.concat([head(5, pairs.length), ...pairs.flat()]);
