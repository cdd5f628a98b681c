import { type Attempt, done, type Fault, type FileRef, type Files, refused, type RoomRef } from '@musterhq/chat-port';
import { stringOf, textOf, type Wire, wireOf } from '#libs/wire/wire';
import { fileOf } from '../content/from-slack.ts';
import { shorten } from '../content/graphemes.ts';
import type { SlackClient } from '../slack-client.ts';
import { isSlackError } from '../slack-faults.ts';

const ALT_CHARS = 1_000;
const SIGN_IN: Fault = {
  code: 'forbidden',
  scope: 'tenant',
  remedy: 'reinstall',
  detail: 'What came back was a page to sign in at: the app may not read files in this workspace.',
};
const NOT_FOR_US: Fault = {
  code: 'forbidden',
  scope: 'message',
  detail: 'it is another workspace’s, of which Slack tells the app nothing',
};

/** Files of Slack, by their ids: where one is at the moment is asked for each time. */
export class SlackFiles implements Files {
  constructor(
    private readonly client: SlackClient,
    private readonly apiUrl: string,
  ) {}

  async look(_room: RoomRef, { id }: FileRef, signal: AbortSignal): Promise<Attempt<FileRef>> {
    const answer = await this.info(id, signal);
    if (answer.outcome !== 'done') return answer;
    const { untold, ...file } = fileOf(answer.value);
    return untold ? refused(NOT_FOR_US) : done({ ...file, id });
  }

  async open(_room: RoomRef, { id }: FileRef, signal: AbortSignal): Promise<Attempt<AsyncIterable<Uint8Array>>> {
    const answer = await this.info(id, signal);
    if (answer.outcome !== 'done') return answer;
    const file = answer.value;
    const where = this.whereIs(file);
    if (typeof where !== 'string') return where;
    const sent = await this.client.transfer(where, { redirect: 'manual' }, signal, 'with the token');
    if (sent.outcome !== 'done') return sent;
    const response = sent.value;
    const why = this.noFile(response, file);
    if (why === null && response.body) return done(bytesOf(response.body));
    await response.body?.cancel().catch(() => undefined);
    return why ?? refused({ code: 'protocol', scope: 'message', detail: 'There was nothing in what came back.' });
  }

  async put(
    _room: RoomRef,
    _key: string,
    bytes: AsyncIterable<Uint8Array>,
    { name, mime, bytes: length, alt }: Parameters<Files['put']>[3],
    signal: AbortSignal,
  ): Promise<Attempt<FileRef>> {
    const alt_txt = alt === undefined ? {} : { alt_txt: shorten(alt, ALT_CHARS) };
    const asked = await this.client.call<Wire>('files.getUploadURLExternal', { filename: name, length, ...alt_txt }, signal);
    if (asked.outcome !== 'done') return asked;
    const [url, id] = [textOf(asked.value['upload_url']), textOf(asked.value['file_id'])];
    if (!id || !this.isSlacks(url))
      return refused({ code: 'protocol', scope: 'tenant', detail: 'Slack gave no address to bring the file to.' });
    const headers = { 'content-type': 'application/octet-stream', 'content-length': String(length) };
    const init = { method: 'POST', headers, body: ReadableStream.from(bytes), duplex: 'half', redirect: 'error' } as RequestInit;
    const sent = await this.client.transfer(url, init, signal);
    if (sent.outcome !== 'done') return sent;
    await sent.value.body?.cancel().catch(() => undefined);
    if (sent.value.ok) return done({ id, name, mime, bytes: length });
    return refused({ code: 'unavailable', scope: 'message', detail: 'Slack did not take the bytes.', native: `http ${sent.value.status}` });
  }

  async remove(_room: RoomRef, { id }: FileRef, signal: AbortSignal): Promise<Attempt<void>> {
    const answer = await this.client.call<Wire>('files.delete', { file: id }, signal);
    return answer.outcome === 'done' || isSlackError(answer, 'file_not_found', 'file_deleted') ? done(undefined) : answer;
  }

  private async info(id: string, signal: AbortSignal): Promise<Attempt<Wire>> {
    const answer = await this.client.call<{ file: unknown }>('files.info', { file: id }, signal);
    return answer.outcome === 'done' ? done(wireOf(answer.value.file)) : answer;
  }

  private whereIs(file: Wire): string | Attempt<never> {
    const mode = file['mode'];
    if (mode === 'tombstone') return refused({ code: 'not-found', scope: 'message', detail: 'it was deleted in Slack' });
    if (mode === 'hidden_by_limit')
      return refused({ code: 'forbidden', scope: 'message', detail: 'Slack hides it: it is older than the plan of this workspace keeps' });
    if (mode === 'external' || file['is_external'] === true) return refused(external(file));
    const url = stringOf(file['url_private_download']) ?? textOf(file['url_private']);
    if (this.isSlacks(url)) return url;
    if (fileOf(file).untold) return refused(NOT_FOR_US);
    return refused({ code: 'unsupported', scope: 'message', detail: 'it is not kept at Slack' });
  }

  /** The token goes there and nowhere else. */
  private isSlacks(url: string): boolean {
    if (!URL.canParse(url)) return false;
    const { protocol, hostname, origin } = new URL(url);
    return (protocol === 'https:' && /^(files\.)?slack\.com$/.test(hostname)) || origin === new URL(this.apiUrl).origin;
  }

  /** Slack answers a token that may not read files with its sign-in page, as if that was the file, or sends it there. */
  private noFile({ status, headers }: Response, file: Wire): Attempt<never> | null {
    const native = `http ${status}`;
    if (status >= 300 && status < 400) return refused({ ...this.sentOn(headers.get('location') ?? ''), native });
    const isPage =
      /^text\/html/i.test(headers.get('content-type') ?? '') && !headers.has('content-disposition') && file['mimetype'] !== 'text/html';
    if (status === 200 && isPage) return refused({ ...SIGN_IN, native });
    if (status === 200) return null;
    if (status === 404 || status === 410)
      return refused({ code: 'not-found', scope: 'message', detail: 'it was deleted in Slack', native });
    if (status === 401 || status === 403)
      return refused({ code: 'forbidden', scope: 'message', detail: 'Slack does not give it to the app', native });
    if (status === 429) {
      const after = Number(headers.get('retry-after') ?? NaN);
      const retry = Number.isFinite(after) ? { retryAfterMs: after * 1000 } : {};
      return refused({ code: 'rate-limited', scope: 'tenant', remedy: 'wait', native, ...retry });
    }
    return refused({ code: 'unavailable', scope: 'tenant', remedy: 'wait', native });
  }

  /** A workspace has its sign-in page at an address of its own. Nobody is followed to anybody else's. */
  private sentOn(location: string): Fault {
    const { protocol, hostname, origin } = URL.canParse(location, this.apiUrl) ? new URL(location, this.apiUrl) : new URL('about:blank');
    if ((protocol === 'https:' && /(^|\.)slack\.com$/.test(hostname)) || origin === new URL(this.apiUrl).origin) return SIGN_IN;
    const where = hostname === '' ? 'nowhere' : `to ${hostname}`;
    return { code: 'forbidden', scope: 'message', detail: `Slack sends Muster on ${where} for it, where Muster does not go` };
  }
}

function external(file: Wire) {
  const kind = textOf(file['external_type']);
  const url = textOf(file['url_private']);
  const where = /^https:\/\//.test(url) ? `: ${url}` : '';
  return {
    code: 'unsupported',
    scope: 'message',
    detail: `it is a link to ${/^[a-z0-9]{1,30}$/.test(kind) ? kind : 'another service'}, of which Slack has no copy${where}`,
  } as const;
}

async function* bytesOf(body: ReadableStream<Uint8Array>): AsyncIterable<Uint8Array> {
  for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) yield chunk;
}
