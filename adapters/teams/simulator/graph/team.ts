import { randomUUID } from 'node:crypto';
import type { Answer } from '../connector-rules.ts';
import type { Conversations } from '../conversations.ts';
import { type Asked, type Operation, accepted, graphError, list, notFound } from './asked.ts';

export interface Channel {
  readonly id: string;
  displayName: string;
  description: string;
  readonly membershipType: 'standard' | 'private';
  readonly madeAt: number;
  isArchived: boolean;
  /** Its name stays taken for 30 days, and no list has it. */
  isDeleted: boolean;
}

const NAME_CHARS = 50;
const NOT_IN_NAMES = /[#%&*{}/\\:<>?+|'"~]/;

/** A team and its channels, as Graph keeps them. Names are given once, also to what no list shows. */
export class Team {
  readonly id = randomUUID();
  readonly channels: Channel[] = [];
  readonly operations = new Map<string, Operation>();
  /** Operations stay under way until they are let go. */
  holdsOperations = false;
  /** How a name that is taken is said. */
  nameTaken: 400 | 409 = 400;
  /** What was made later than this ago is not shown yet. */
  lagMs = 0;

  constructor(
    private readonly conversations: Conversations,
    private readonly now: () => number,
  ) {}

  /** As a person adds one. */
  add(displayName: string, { description = '', id }: { description?: string; id?: string } = {}): Channel {
    const channel: Channel = {
      id: id ?? this.conversations.add('made', 'channel').id,
      displayName,
      description,
      membershipType: 'standard',
      madeAt: this.now(),
      isArchived: false,
      isDeleted: false,
    };
    this.channels.push(channel);
    return channel;
  }

  find(id: string | undefined): Channel | undefined {
    return this.channels.find((channel) => channel.id === id && !channel.isDeleted && channel.madeAt <= this.now() - this.lagMs);
  }

  /** What is asked of `/teams/<this>/channels…` and of operations, without messages. */
  serve({ method, path, body }: Asked): Answer {
    const [what, id, verb] = path;
    if (what === 'operations') return this.operation(id);
    if (id === undefined) return method === 'POST' ? this.make(body) : list(this.shown().map((channel) => this.shape(channel)));
    const channel = this.find(id);
    if (!channel) return notFound('channel');
    if (verb === 'archive' || verb === 'unarchive') return this.archive(channel, verb === 'archive');
    if (method === 'PATCH') return this.change(channel, body);
    return { status: 200, body: this.shape(channel) };
  }

  /** Lets operations end that were held. */
  letGo(): void {
    this.holdsOperations = false;
    for (const [id, operation] of this.operations) this.operations.set(id, { ...operation, status: 'succeeded' });
  }

  private shown(): Channel[] {
    return this.channels.filter(({ id }) => this.find(id));
  }

  private make({ displayName, description, membershipType = 'standard' }: Asked['body']): Answer {
    const no = this.objection(displayName);
    if (no) return no;
    if (membershipType !== 'standard') return graphError(400, 'BadRequest', 'This pretend team has standard channels only.');
    const channel = this.add(String(displayName), { description: typeof description === 'string' ? description : '' });
    return { status: 201, body: this.shape(channel) };
  }

  private change(channel: Channel, { displayName, description }: Asked['body']): Answer {
    const no = displayName === undefined || displayName === channel.displayName ? undefined : this.objection(displayName);
    if (no) return no;
    if (channel.isArchived) return graphError(400, 'BadRequest', 'Channel is archived.');
    if (typeof displayName === 'string') channel.displayName = displayName;
    if (typeof description === 'string') channel.description = description;
    return { status: 204 };
  }

  private objection(name: unknown): Answer | undefined {
    if (typeof name !== 'string' || name.trim() === '' || name.length > NAME_CHARS || NOT_IN_NAMES.test(name) || /^[_.]|\.$/.test(name))
      return graphError(400, 'BadRequest', `Channel name is not valid: '${String(name)}'.`);
    const isTaken = this.channels.some(({ displayName }) => displayName.toLowerCase() === name.toLowerCase());
    if (!isTaken) return undefined;
    return this.nameTaken === 409
      ? graphError(409, 'Conflict', 'Conflict.')
      : graphError(400, 'BadRequest', 'Channel name already existed, please use other name');
  }

  private archive(channel: Channel, isArchived: boolean): Answer {
    const id = randomUUID();
    channel.isArchived = isArchived;
    this.conversations.of(channel.id).archived = isArchived;
    this.operations.set(id, { id, status: this.holdsOperations ? 'inProgress' : 'succeeded', targetResourceId: channel.id });
    return accepted(`/teams/${this.id}/operations/${id}`);
  }

  private operation(id: string | undefined): Answer {
    const operation = this.operations.get(id ?? '');
    return operation ? { status: 200, body: operation } : notFound('operation');
  }

  private shape({ id, displayName, description, membershipType, isArchived }: Channel): object {
    const webUrl = `https://teams.microsoft.com/l/channel/${encodeURIComponent(id)}/${encodeURIComponent(displayName)}?groupId=${this.id}`;
    return { id, displayName, description, membershipType, isArchived, webUrl };
  }
}
