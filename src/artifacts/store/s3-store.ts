import { AwsClient } from 'aws4fetch';
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { setTimeout as sleep } from 'node:timers/promises';
import { StoreAway } from '../artifacts.errors.ts';
import { type ArtifactKey, ArtifactStore, type ByteRange, type Kept, type Listed } from '../artifact-store.types.ts';
import { isKey, keyOf, requireKey } from './keys.ts';
import type { Spool } from './spool.ts';

export interface Bucket {
  readonly endpoint: string;
  readonly region: string;
  readonly name: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

interface Ask {
  readonly method: 'GET' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Made anew for each try. */
  readonly body?: () => Readable;
  readonly withinMs?: number;
}

const PREFIX = 'files/';
const EMPTY_SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const WAITS_MS = [100, 400];
const ANSWER_MS = 15_000;
const UPLOAD_MS = 60_000;

/**
 * Files in a bucket of Amazon S3, or of a store that speaks the same. The bucket stays private: what people get of it they
 * get through us. An upload is first kept on this machine, because it is signed with its hash and its length.
 */
export class S3Store extends ArtifactStore {
  private readonly client: AwsClient;

  constructor(
    private readonly bucket: Bucket,
    private readonly spool: Spool,
  ) {
    super();
    const { accessKeyId, secretAccessKey, region } = bucket;
    this.client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3' });
  }

  put(id: string, bytes: AsyncIterable<Uint8Array>): Promise<Kept> {
    return this.spool.during(bytes, async ({ path, size, sha256 }) => {
      const key = keyOf(id, sha256);
      const answer = await this.ask({
        method: 'PUT',
        path: PREFIX + key,
        headers: { 'content-length': String(size), 'content-type': 'application/octet-stream', 'x-amz-content-sha256': sha256 },
        body: () => createReadStream(path),
        withinMs: UPLOAD_MS,
      });
      if (!answer.ok) throw await this.refusal(answer);
      await answer.arrayBuffer();
      return { key, size, sha256 };
    });
  }

  async open(key: ArtifactKey, range?: ByteRange): Promise<Readable | null> {
    const headers: Record<string, string> = range ? { range: `bytes=${range.start}-${range.end}` } : {};
    const answer = await this.ask({ method: 'GET', path: PREFIX + requireKey(key), headers });
    if (answer.status === 404) {
      const code = codeIn(await answer.text());
      if (code !== 'NoSuchKey') throw this.away(answer.status, code);
      return null;
    }
    if (!answer.ok || !answer.body) throw await this.refusal(answer);
    return Readable.fromWeb(answer.body as ReadableStream<Uint8Array>);
  }

  async remove(key: ArtifactKey): Promise<void> {
    const answer = await this.ask({ method: 'DELETE', path: PREFIX + requireKey(key) });
    if (!answer.ok) throw await this.refusal(answer);
    await answer.arrayBuffer();
  }

  async *list(): AsyncIterable<Listed> {
    for (let after: string | null = ''; after !== null;) {
      const query: URLSearchParams = new URLSearchParams({ 'list-type': '2', prefix: PREFIX });
      if (after) query.set('continuation-token', after);
      const answer = await this.ask({ method: 'GET', path: `?${query}` });
      if (!answer.ok) throw await this.refusal(answer);
      const page = await answer.text();
      for (const [entry] of page.matchAll(/<Contents>.*?<\/Contents>/gs)) {
        const key = (textIn(entry, 'Key') ?? '').slice(PREFIX.length);
        if (isKey(key)) yield { key, size: Number(textIn(entry, 'Size')), keptAt: new Date(textIn(entry, 'LastModified') ?? 0) };
      }
      after = textIn(page, 'IsTruncated') === 'true' ? textIn(page, 'NextContinuationToken') : null;
    }
  }

  forgetUnfinished(before: Date): Promise<void> {
    return this.spool.forget(before);
  }

  /** Every one of these may be repeated, so a store that stumbles is asked again. @throws StoreAway when it does not answer */
  private async ask(ask: Ask): Promise<Response> {
    for (let attempt = 0; ; attempt++) {
      const wait = WAITS_MS[attempt];
      try {
        const answer = await this.once(ask);
        if (answer.status < 500 || wait === undefined) return answer;
        await answer.arrayBuffer();
      } catch (error) {
        if (wait === undefined) throw new StoreAway(`the bucket ${this.bucket.name} does not answer`, error);
      }
      await sleep(wait);
    }
  }

  private async once({ method, path, headers = {}, body, withinMs = ANSWER_MS }: Ask): Promise<Response> {
    const { endpoint, name } = this.bucket;
    const signed = await this.client.sign(`${endpoint.replace(/\/+$/, '')}/${name}${path.startsWith('?') ? '' : '/'}${path}`, {
      method,
      headers: { 'x-amz-content-sha256': EMPTY_SHA256, ...headers },
    });
    // Only the answer is waited for: whoever reads a large file may take their time.
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(new Error(`no answer in ${withinMs} ms`)), withinMs);
    try {
      const sent = new Headers(signed.headers);
      if (headers['content-length']) sent.set('content-length', headers['content-length']);
      return await fetch(signed.url, {
        method,
        headers: sent,
        redirect: 'error',
        signal: patience.signal,
        ...(body ? { body: Readable.toWeb(body()), duplex: 'half' } : {}),
      } as RequestInit);
    } finally {
      clearTimeout(timer);
    }
  }

  private async refusal(answer: Response): Promise<StoreAway> {
    return this.away(answer.status, codeIn(await answer.text()));
  }

  private away(status: number, code: string | null): StoreAway {
    return new StoreAway(`the bucket ${this.bucket.name} answers ${status}${code === null ? '' : ` ${code}`}`);
  }
}

const textIn = (xml: string, name: string): string | null => {
  const found = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1];
  return found === undefined
    ? null
    : found.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
};

const codeIn = (xml: string): string | null => textIn(xml, 'Code');
