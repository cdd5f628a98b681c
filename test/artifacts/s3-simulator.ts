import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Stored {
  readonly bytes: Buffer;
  readonly at: Date;
}

const SKEW_MS = 15 * 60_000;
const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})$/;

/**
 * One bucket of Amazon S3, as its documentation describes it ("Authenticating Requests (AWS Signature Version 4)",
 * PutObject, GetObject, DeleteObject, ListObjectsV2), addressed by path. It checks every signature, and it can fail.
 */
export class S3Simulator {
  readonly bucket = 'muster-files';
  readonly region = 'eu-central-1';
  readonly accessKeyId = 'AKIAEXAMPLE';
  readonly secretAccessKey = 'wJalrXUtnFEMI/EXAMPLEKEY';
  readonly objects = new Map<string, Stored>();
  /** What came, refused or not: "PUT files/…". */
  readonly asked: string[] = [];
  /** How the next requests end. */
  private failures: { status: number; code: string }[] = [];
  private server!: Server;
  pageSize = 1000;

  async start(): Promise<void> {
    this.server = createServer((request, response) => void this.answer(request, response));
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  fails(times: number, status: number, code: string): void {
    this.failures = Array.from({ length: times }, () => ({ status, code }));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request) chunks.push(chunk as Buffer);
    } catch {
      return;
    }
    const body = Buffer.concat(chunks);
    const url = new URL(request.url ?? '/', this.endpoint);
    const [, bucket = '', ...rest] = url.pathname.split('/');
    const key = decodeURIComponent(rest.join('/'));
    this.asked.push(`${request.method} ${key}`);

    const failure = this.failures.shift();
    if (failure) return refuse(response, failure.status, failure.code);
    const problem = this.problemOf(request, url, body);
    if (problem) return refuse(response, problem[0], problem[1]);
    if (bucket !== this.bucket) return refuse(response, 404, 'NoSuchBucket');
    if (key === '' && request.method === 'GET' && url.searchParams.get('list-type') === '2') return this.list(url, response);
    if (request.method === 'PUT') return this.put(request, response, key, body);
    if (request.method === 'GET') return this.get(request, response, key);
    if (request.method === 'DELETE') {
      this.objects.delete(key);
      return void response.writeHead(204).end();
    }
    refuse(response, 405, 'MethodNotAllowed');
  }

  private put(request: IncomingMessage, response: ServerResponse, key: string, body: Buffer): void {
    if (request.headers['content-length'] === undefined) return refuse(response, 411, 'MissingContentLength');
    this.objects.set(key, { bytes: body, at: new Date() });
    response.writeHead(200, { etag: `"${createHash('md5').update(body).digest('hex')}"` }).end();
  }

  private get(request: IncomingMessage, response: ServerResponse, key: string): void {
    const stored = this.objects.get(key);
    if (!stored) return refuse(response, 404, 'NoSuchKey');
    const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '');
    if (!range) return void response.writeHead(200, { 'content-length': stored.bytes.length }).end(stored.bytes);
    const [start, end] = [Number(range[1]), Math.min(Number(range[2]), stored.bytes.length - 1)];
    if (start > end) return refuse(response, 416, 'InvalidRange');
    response.writeHead(206, { 'content-range': `bytes ${start}-${end}/${stored.bytes.length}`, 'content-length': end - start + 1 });
    response.end(stored.bytes.subarray(start, end + 1));
  }

  private list(url: URL, response: ServerResponse): void {
    const prefix = url.searchParams.get('prefix') ?? '';
    const after = Buffer.from(url.searchParams.get('continuation-token') ?? '', 'base64').toString();
    const keys = [...this.objects.keys()].filter((key) => key.startsWith(prefix) && key > after).sort();
    const page = keys.slice(0, this.pageSize);
    const more = keys.length > page.length;
    const next = more ? `<NextContinuationToken>${Buffer.from(page.at(-1) ?? '').toString('base64')}</NextContinuationToken>` : '';
    const contents = page.map((key) => {
      const { bytes, at } = this.objects.get(key) as Stored;
      return `<Contents><Key>${key}</Key><LastModified>${at.toISOString()}</LastModified><Size>${bytes.length}</Size></Contents>`;
    });
    response.writeHead(200, { 'content-type': 'application/xml' });
    response.end(
      `<?xml version="1.0" encoding="UTF-8"?><ListBucketResult><Name>${this.bucket}</Name><IsTruncated>${more}</IsTruncated>${next}${contents.join('')}</ListBucketResult>`,
    );
  }

  /** Why the request is not believed. */
  private problemOf(request: IncomingMessage, url: URL, body: Buffer): readonly [number, string] | null {
    const given = AUTHORIZATION.exec(request.headers.authorization ?? '');
    if (!given) return [403, 'AccessDenied'];
    const [, keyId, day, region, signedHeaders = '', signature] = given;
    const date = header(request, 'x-amz-date');
    const payload = header(request, 'x-amz-content-sha256');
    const signed = signedHeaders.split(';');
    if (keyId !== this.accessKeyId) return [403, 'InvalidAccessKeyId'];
    if (region !== this.region) return [400, 'AuthorizationHeaderMalformed'];
    if (!/^\d{8}T\d{6}Z$/.test(date) || !date.startsWith(day ?? '-')) return [403, 'AccessDenied'];
    const at = Date.parse(date.replace(/(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/, '$1-$2-$3T$4:$5:$6Z'));
    if (Math.abs(Date.now() - at) > SKEW_MS) return [403, 'RequestTimeTooSkewed'];
    const mustBeSigned = Object.keys(request.headers).filter((name) => name.startsWith('x-amz-') || name === 'host');
    if (mustBeSigned.some((name) => !signed.includes(name))) return [403, 'AccessDenied'];
    if (payload === '') return [400, 'InvalidRequest'];
    if (payload !== 'UNSIGNED-PAYLOAD' && payload !== sha256(body)) return [400, 'XAmzContentSHA256Mismatch'];

    const canonical = [
      request.method,
      url.pathname
        .split('/')
        .map((part) => encode(decodeURIComponent(part)))
        .join('/'),
      [...url.searchParams]
        .map(([name, value]) => `${encode(name)}=${encode(value)}`)
        .sort()
        .join('&'),
      ...signed.map((name) => `${name}:${header(request, name).trim().replace(/ +/g, ' ')}`),
      '',
      signedHeaders,
      payload,
    ].join('\n');
    const scope = `${day}/${region}/s3/aws4_request`;
    const toSign = ['AWS4-HMAC-SHA256', date, scope, sha256(Buffer.from(canonical))].join('\n');
    const signingKey = [day ?? '', region, 's3', 'aws4_request'].reduce<Buffer>(
      (key, part) => createHmac('sha256', key).update(part).digest(),
      Buffer.from(`AWS4${this.secretAccessKey}`),
    );
    const right = createHmac('sha256', signingKey).update(toSign).digest('hex');
    return right === signature ? null : [403, 'SignatureDoesNotMatch'];
  }
}

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const header = (request: IncomingMessage, name: string): string => String(request.headers[name] ?? '');
const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

function refuse(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { 'content-type': 'application/xml' });
  response.end(`<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>No.</Message></Error>`);
}
