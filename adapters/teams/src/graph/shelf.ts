import { type AdapterContext, type Attempt, type FileRef, type Files, done, refused } from '@musterhq/chat-port';
import { type Wire, stringOf, wireOf } from '#libs/wire/wire';
import { type PlaceOfFile, fileIdOf } from '../files/file-id.ts';
import { faultOf, lostCall } from '../teams-faults.ts';
import type { Graph } from './graph.ts';
import { shelfName } from './shelf-name.ts';

/** By Graph's own pages the least with which an app reads files by their addresses and writes them. */
export const HANDLES_FILES = 'Files.ReadWrite.All';
/** What Graph takes in one call. */
export const SHELF_FILE_BYTES = 250_000_000;

type Kept = Extract<PlaceOfFile, { kind: 'kept' }>;

/** Where the channels of a team keep their files: a folder for each, in the team's SharePoint. */
export class Shelf {
  constructor(
    private readonly graph: Graph,
    private readonly graphUrl: string,
    private readonly team: string,
    private readonly ctx: Pick<AdapterContext, 'fetch'>,
  ) {}

  /** The folder of a channel. */
  folder(channel: string, signal: AbortSignal): Promise<Attempt<{ readonly drive: string; readonly item: string }>> {
    const path = ['teams', this.team, 'channels', channel, 'filesFolder'];
    return this.graph.call({ method: 'GET', path, needs: HANDLES_FILES }, ({ body }) => placeIn(body), signal);
  }

  /** Nobody is told of it: it stands among the channel's files, and in no message. */
  async put(
    channel: string,
    key: string,
    bytes: AsyncIterable<Uint8Array>,
    { name, mime, bytes: size }: Parameters<Files['put']>[3],
    signal: AbortSignal,
  ): Promise<Attempt<FileRef>> {
    const folder = await this.folder(channel, signal);
    // Nothing was brought: whatever became of the question can be asked again.
    if (folder.outcome !== 'done') return refused(folder.fault);
    const { drive, item } = folder.value;
    const at = { drive, folder: item, name: shelfName(name, key) };
    const body = ReadableStream.from(bytes) as ReadableStream<Uint8Array>;
    const read = ({ body: made }: { readonly body: Wire }): FileRef | undefined => {
      const place = placeIn(made);
      const href = stringOf(made.webUrl);
      return (
        place && { id: fileIdOf({ kind: 'kept', bytes: size, ...place }), name, mime, bytes: size, ...(href !== undefined && { href }) }
      );
    };
    return this.graph.upload(at, { body, size, needs: HANDLES_FILES }, read, signal);
  }

  open({ drive, item }: Kept, signal: AbortSignal): Promise<Attempt<Response>> {
    return this.content(['drives', drive, 'items', item, 'content'], signal);
  }

  /** By the address at which people open it. That is given to Graph, and not gone to. */
  openAt(href: string, signal: AbortSignal): Promise<Attempt<Response>> {
    const share = `u!${Buffer.from(href).toString('base64url')}`;
    return this.content(['shares', share, 'driveItem', 'content'], signal);
  }

  async remove({ drive, item }: Kept, signal: AbortSignal): Promise<Attempt<void>> {
    const call = { method: 'DELETE', path: ['drives', drive, 'items', item], needs: HANDLES_FILES } as const;
    const ended = await this.graph.call(call, () => true, signal);
    const isGone = ended.outcome === 'done' || (ended.outcome === 'refused' && ended.fault.code === 'not-found');
    return isGone ? done(undefined) : ended;
  }

  /** Graph sends on to an address that is good for a while by itself. The token does not go there. */
  private async content(path: readonly string[], signal: AbortSignal): Promise<Attempt<Response>> {
    const asked = await this.graph.open(path, HANDLES_FILES, signal);
    if (asked.outcome !== 'done' || asked.value.ok) return asked;
    await asked.value.body?.cancel().catch(() => undefined);
    const location = asked.value.headers.get('location') ?? '';
    if (!this.isMicrosofts(location)) return ELSEWHERE;
    try {
      const response = await this.ctx.fetch(location, { redirect: 'error', signal });
      if (response.ok) return done(response);
      await response.body?.cancel().catch(() => undefined);
      return faultOf(response.status, undefined, response.headers.get('retry-after'));
    } catch (error) {
      return lostCall(error, signal);
    }
  }

  private isMicrosofts(location: string): boolean {
    if (!URL.canParse(location)) return false;
    const { protocol, hostname, origin } = new URL(location);
    return (protocol === 'https:' && /\.(sharepoint\.com|svc\.ms)$/.test(hostname)) || origin === new URL(this.graphUrl).origin;
  }
}

/** A `driveItem` of Graph's. */
function placeIn(body: Wire): { drive: string; item: string } | undefined {
  const [item, drive] = [stringOf(body.id), stringOf(wireOf(body.parentReference).driveId)];
  return item === undefined || drive === undefined ? undefined : { drive, item };
}

const ELSEWHERE = refused({
  code: 'forbidden',
  scope: 'message',
  detail: 'Microsoft Graph sends Muster on for it, where Muster does not go',
});
