import { type Attempt, done } from '@musterhq/chat-port';
import { type Wire, stringOf, textOf, wiresOf } from '#libs/wire/wire';
import { type Description, readDescription } from './channel-description.ts';
import type { Graph, GraphAnswer } from './graph.ts';

export interface Channel extends Description {
  readonly id: string;
  readonly name: string;
  readonly isArchived: boolean;
  readonly link?: string;
}

/** For reading alone there is a lesser one; the app asks for this, because it changes them too. */
const SETTINGS = 'ChannelSettings.ReadWrite.Group';
/** A team has a thousand channels at most. */
const PAGES = 20;

/** The channels of one team, one call to Graph each but for the list. */
export class Channels {
  constructor(
    private readonly graph: Graph,
    private readonly team: string,
  ) {}

  /** All that are there and shown by now; a deleted one is not, and a new one may not be yet. */
  async all(signal: AbortSignal): Promise<Attempt<Channel[]>> {
    const channels: Channel[] = [];
    const needs = SETTINGS;
    const read = ({ body }: GraphAnswer): Wire | undefined => (Array.isArray(body.value) ? body : undefined);
    let page = await this.graph.call({ method: 'GET', path: this.path(), needs }, read, signal);
    for (let n = 1; ; n += 1) {
      if (page.outcome !== 'done') return page;
      channels.push(...wiresOf(page.value.value).map(channelIn));
      const next = stringOf(page.value['@odata.nextLink']);
      if (next === undefined || n === PAGES) return done(channels);
      page = await this.graph.follow(next, needs, read, signal);
    }
  }

  async find(id: string, signal: AbortSignal): Promise<Attempt<Channel | null>> {
    const seen = await this.graph.call({ method: 'GET', path: this.path(id), needs: SETTINGS }, channelOf, signal);
    return seen.outcome === 'refused' && seen.fault.code === 'not-found' ? done(null) : seen;
  }

  make(name: string, description: string, signal: AbortSignal): Promise<Attempt<Channel>> {
    const body = { displayName: name, description, membershipType: 'standard' };
    return this.graph.call({ method: 'POST', path: this.path(), body, needs: 'Channel.Create.Group' }, channelOf, signal);
  }

  change(id: string, to: { displayName?: string; description?: string }, signal: AbortSignal): Promise<Attempt<true>> {
    return this.graph.call({ method: 'PATCH', path: this.path(id), body: to, needs: SETTINGS }, () => true, signal);
  }

  /** Teams takes its time for it, and says where to ask: asked once, `settled` is whether it is so by now. */
  async archive(id: string, isArchived: boolean, signal: AbortSignal): Promise<Attempt<true>> {
    const needs = 'ChannelSettings.ReadWrite.All';
    const path = this.path(id, isArchived ? 'archive' : 'unarchive');
    const begun = await this.graph.call({ method: 'POST', path, needs }, ({ location = '' }) => location, signal);
    if (begun.outcome !== 'done') return begun;
    if (begun.value === '') return done(true, false);
    const asked = await this.graph.follow(begun.value, needs, ({ body }) => stringOf(body.status), signal);
    return done(true, asked.outcome === 'done' && asked.value === 'succeeded');
  }

  private path(...rest: readonly string[]): string[] {
    return ['teams', this.team, 'channels', ...rest];
  }
}

function channelOf({ body }: GraphAnswer): Channel | undefined {
  return stringOf(body.id) === undefined ? undefined : channelIn(body);
}

function channelIn(body: Wire): Channel {
  const link = stringOf(body.webUrl);
  return {
    id: textOf(body.id),
    name: textOf(body.displayName),
    isArchived: body.isArchived === true,
    ...(link !== undefined && { link }),
    ...readDescription(textOf(body.description)),
  };
}
