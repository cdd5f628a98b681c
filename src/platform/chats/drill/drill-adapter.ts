import type { AdapterContext, Attempt, ChatAdapter, Fault, Health } from '@musterhq/chat-port';
import { BehaviorSubject } from 'rxjs';
import { type DrillSettings, showsNothing, takesNothing } from './drill-fault.types.ts';
import { readdress } from './readdress.ts';

/** In the drill chat's own memory: the rooms that were opened for it. What happens in them is the drill's (`detours.ts`). */
export const ROOM_MARK = 'room:';

/** Rooms of a drill are found by other keys than those of the chat itself. */
const KEY = 'drill-';

/** Nothing was sent: the fault is ours, made before the chat heard of it. */
const PRETENDED: Fault = {
  code: 'unavailable',
  scope: 'adapter',
  native: 'drill',
  detail: 'A drill pretends that this chat does not answer.',
};
const AWAY: Fault = { code: 'unavailable', scope: 'adapter', detail: 'The chat of this drill does not run at the moment.' };

/**
 * Another chat's adapter for the rooms of a drill, with a fault of our own making in front of it. It calls that chat as the chat's own
 * rooms do; where the fault says so it does not, and answers as if the chat had. So a drill breaks nothing but itself.
 *
 * `running`: the chat's own adapter, asked for anew each time, since it may be made again meanwhile. What it has is what it had at first.
 */
export function drillAdapter(
  first: ChatAdapter,
  running: () => ChatAdapter | null,
  { instance, kv, now }: Pick<AdapterContext, 'instance' | 'kv' | 'now'>,
  of: string,
  { tenant, fault }: DrillSettings,
): ChatAdapter {
  const out = <T>(value: T): T => readdress(value, instance, of, true);
  const back = <T>(value: T): T => readdress(value, of, instance, false);
  const health = new BehaviorSubject<Health>({ state: 'ready', tenant, since: now() });

  const attempt = async <T>(isBroken: boolean, work: (chat: ChatAdapter) => Promise<Attempt<T>> | undefined): Promise<Attempt<T>> => {
    if (isBroken) return { outcome: 'refused', fault: PRETENDED };
    const chat = running();
    return back((await (chat && work(chat))) ?? { outcome: 'refused', fault: AWAY });
  };
  const writing = <T>(work: (chat: ChatAdapter) => Promise<Attempt<T>> | undefined) => attempt(takesNothing(fault), work);
  const reading = <T>(work: (chat: ChatAdapter) => Promise<Attempt<T>> | undefined) => attempt(showsNothing(fault), work);

  let isClosed = false;

  const { messages, rooms, history, people, forms, answers, files } = first;
  return {
    capabilities: (room) => (running() ?? first).capabilities(out(room)),
    messages: {
      render: (content, room) => (running() ?? first).messages.render(out(content), out(room)),
      send: (s, signal) => writing((chat) => chat.messages.send(out(s), signal)),
      ...(messages.reconcile && {
        reconcile: async (s, since, signal) =>
          showsNothing(fault) ? 'cannot-tell' : back((await running()?.messages.reconcile?.(out(s), since, signal)) ?? 'cannot-tell'),
      }),
      ...(messages.edit && { edit: (m, s, signal) => writing((chat) => chat.messages.edit?.(out(m), out(s), signal)) }),
      ...(messages.remove && { remove: (m, signal) => writing((chat) => chat.messages.remove?.(out(m), signal)) }),
      ...(messages.react && { react: (m, emoji, on, signal) => writing((chat) => chat.messages.react?.(out(m), emoji, on, signal)) }),
    },
    ...(rooms && {
      rooms: {
        create: async (spec, signal) => {
          const made = await writing((chat) => chat.rooms?.create(out({ ...spec, key: `${KEY}${spec.key}` }), signal));
          if (made.outcome === 'done') await kv.set(`${ROOM_MARK}${made.value.ref.room}`, made.value.name);
          return made.outcome === 'done' ? { ...made, value: withOwnKey(made.value) } : made;
        },
        get: async (room, signal) => {
          const got = await reading((chat) => chat.rooms?.get(out(room), signal));
          return got.outcome === 'done' && got.value ? { ...got, value: withOwnKey(got.value) } : got;
        },
        change: async (room, to, signal) => {
          const made = await writing((chat) => chat.rooms?.change(out(room), out(to), signal));
          return made.outcome === 'done' ? { ...made, value: withOwnKey(made.value) } : made;
        },
      },
    }),
    ...(history && {
      history: {
        page: (q, signal) => reading((chat) => chat.history?.page(out(q), signal)),
        ...(history.pins && { pins: (room, signal) => reading((chat) => chat.history?.pins?.(out(room), signal)) }),
      },
    }),
    ...(people && {
      people: {
        find: (by, where, signal) => reading((chat) => chat.people?.find(by, where, signal)),
        ...(people.called && { called: (what, where, signal) => reading((chat) => chat.people?.called?.(out(what), where, signal)) }),
      },
    }),
    ...(forms && { forms: { open: (via, form, signal) => writing((chat) => chat.forms?.open(out(via), out(form), signal)) } }),
    ...(answers && { answers: { give: (via, answer, signal) => writing((chat) => chat.answers?.give(out(via), out(answer), signal)) } }),
    ...(files && {
      files: {
        open: (room, file, signal) => reading((chat) => chat.files?.open(out(room), file, signal)),
        ...(files.look && { look: (room, file, signal) => reading((chat) => chat.files?.look?.(out(room), file, signal)) }),
        put: (room, key, bytes, meta, signal) => writing((chat) => chat.files?.put(out(room), key, bytes, meta, signal)),
        ...(files.remove && { remove: (room, file, signal) => writing((chat) => chat.files?.remove?.(out(room), file, signal)) }),
      },
    }),
    health$: health.asObservable(),
    close: () => {
      if (isClosed) return Promise.resolve();
      isClosed = true;
      health.next({ state: 'stopped', since: now() });
      health.complete();
      return Promise.resolve();
    },
  };
}

function withOwnKey<T extends { readonly key?: string }>(room: T): T {
  return room.key?.startsWith(KEY) ? { ...room, key: room.key.slice(KEY.length) } : room;
}
