import type { Content, Inline } from '@musterhq/chat-port';
import { summarise } from '#libs/rich-text/summarise';
import { notRecovered } from '#libs/war-room-protocol/not-recovered';
import type { LoggedEvent } from '#src/platform/log/event.types';
import { type GapClosed, type MirrorTroubled, isRoomEvent } from '../rooms.events.ts';
import { count } from './count.ts';

/** What a room's chats are told of the outage of one of them. */
export interface OutageLine {
  /** The room's mirror in the chat that is concerned. */
  readonly mirrorId: string;
  /** In that chat. */
  readonly there: Content | null;
  /** In the others, whose people talk to those in that chat and would not know that they are not heard. */
  readonly elsewhere: Content | null;
}

/** Null for what is no outage. That Muster reaches nothing outside is said in no chat: it reaches none. */
export function outageLine(event: LoggedEvent): OutageLine | null {
  if (isRoomEvent(event, 'mirror.parked') && event.data.cutOff === undefined)
    return { mirrorId: event.data.mirrorId, there: null, elsewhere: away(event.data) };
  if (isRoomEvent(event, 'gap.closed')) return { mirrorId: event.data.mirrorId, there: back(event.data), elsewhere: caughtUp(event.data) };
  return null;
}

function away({ surface, since, saidBy }: MirrorTroubled): Content {
  const how = saidBy
    ? [text(`${surface.name} is down, says ${saidBy.name}`)]
    : [text(`${surface.name} is not answering since `), clock(since)];
  return line(...how, text(`. Whoever is in ${surface.name} alone reads what is written here when it is back.`));
}

function back({ surface, from, to, inbound, outbound, unreadUntil, learnt }: GapClosed): Content {
  return {
    summary: `${surface.name} is back. ${inbound} messages from here and ${outbound} from the war room were exchanged.`,
    blocks: [
      {
        t: 'p',
        c: [
          text(`${surface.name} did not reach Muster from `),
          clock(from),
          text(' to '),
          clock(to),
          text(
            `. ${count(inbound, 'message')} from here and ${count(outbound, 'message')} from the war room were exchanged since. ${notRecovered(surface.name, learnt)}`,
          ),
          ...(unreadUntil === undefined ? [] : [text(' What was said here before '), clock(unreadUntil), text(UNREAD)]),
        ],
      },
    ],
  };
}

const UNREAD = ' could not be read any more: say it again where the war room has to know it.';

/** What it missed of here is there by now, and what was missed of it stands above. */
function caughtUp({ surface, from, to, inbound, outbound, unreadUntil }: GapClosed): Content {
  const late = [
    text(`${count(inbound, 'message')} said there from `),
    clock(from),
    text(' to '),
    clock(to),
    text(inbound === 1 ? ' stands above' : ' stand above'),
  ];
  const told = text(`${count(outbound, 'message')} that waited for it ${outbound === 1 ? 'is' : 'are'} there now`);
  const exchanged = [...(inbound > 0 ? [late] : []), ...(outbound > 0 ? [[told]] : [])].flatMap((part, n) => [
    text(n === 0 ? ': ' : ', and '),
    ...part,
  ]);
  const unread =
    unreadUntil === undefined ? [] : [text(' What was said there before '), clock(unreadUntil), text(' could not be read any more.')];
  return line(text(`${surface.name} has caught up`), ...exchanged, text('.'), ...unread);
}

function line(...c: Inline[]): Content {
  const blocks: Content['blocks'] = [{ t: 'p', c: [{ t: 'em', c }] }];
  return { summary: summarise(blocks), blocks };
}

const text = (v: string): Inline => ({ t: 'text', v });
const clock = (iso: string): Inline => ({ t: 'time', at: Date.parse(iso), style: 'clock' });
