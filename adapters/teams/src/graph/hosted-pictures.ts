import { type Attempt, refused } from '@musterhq/chat-port';
import { stringOf, wiresOf } from '#libs/wire/wire';
import type { PlaceOfFile } from '../files/file-id.ts';
import { objectOfHosted } from '../inbound/pictures-in.ts';
import type { Graph } from './graph.ts';
import { READS_MESSAGES, messagePath } from './past.ts';

type PlaceOfPicture = Extract<PlaceOfFile, { kind: 'picture' }>;

/** Pictures as Graph keeps them with their message: of those that were said while nobody listened, Teams may give a bot none. */
export class HostedPictures {
  constructor(
    private readonly graph: Graph,
    private readonly team: string,
  ) {}

  async open(conversation: string, { message, root, object }: PlaceOfPicture, signal: AbortSignal): Promise<Attempt<Response>> {
    const path = [...messagePath(this.team, conversation, message, root), 'hostedContents'];
    const listed = await this.graph.call(
      { method: 'GET', path, needs: READS_MESSAGES },
      ({ body }) => wiresOf(body.value).flatMap(({ id }) => stringOf(id) ?? []),
      signal,
    );
    if (listed.outcome !== 'done') return listed;
    const hosted = listed.value.find((id) => objectOfHosted(id) === object);
    if (hosted === undefined) return refused({ code: 'not-found', scope: 'message', detail: 'it is not in its message any more' });
    return this.graph.open([...path, hosted, '$value'], READS_MESSAGES, signal);
  }
}
