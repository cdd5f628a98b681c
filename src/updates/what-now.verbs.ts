import type { Action, Block, Content, Inline } from '@musterhq/chat-port';
import { summarise } from '#libs/rich-text/summarise';
import { mostNeeded, type Needed } from '#libs/war-room-protocol/most-needed';
import { nextUpdateDue } from '#libs/war-room-protocol/waiting';
import { NoIncidentHere } from '#src/conversation/conversation.errors';
import type { Call, Verb } from '#src/conversation/conversation.types';
import type { Incidents } from '#src/incidents/incidents.service';
import { heldWaiting } from './updates.queries.ts';

/** The command alone, in an incident's room: what is most likely needed now, and how to see the rest. */
export function whatNowVerb(incidents: Incidents): Verb {
  return {
    name: 'what-now',
    usage: 'what-now',
    help: 'shows the three things most likely needed now. The command alone is the same.',
    inRoom: true,
    late: 'answer',
    async run(call) {
      if (call.incidentId === null) throw new NoIncidentHere('what-now', 'what-now');
      const { reference, severity, status, category, leadId } = await incidents.get(call.tx, call.incidentId);
      const updateDue = nextUpdateDue(await heldWaiting(call.tx, call.incidentId));
      const isLed = leadId !== null;
      const things = mostNeeded({ category, severity, status, isLed, updateDue }, Date.now());
      const now = `${reference} is ${severity}, ${status}${isLed ? '' : ', and nobody leads it'}. Most likely needed now:`;
      return { say: answer(now, things, call), seq: null };
    },
  };
}

function answer(now: string, things: readonly Needed[], { prefix, buttons }: Call): Content {
  const offered: Block = buttons
    ? { t: 'actions', items: things.map(button) }
    : { t: 'list', ordered: false, items: things.map(({ words, does }) => [p(code(prefix + words), text(` ${does}`))]) };
  const asked = p(text(now));
  return { blocks: [asked, offered, p(code(`${prefix}help`), text(' shows everything else.'))], summary: summarise([asked]) };
}

function button({ words, label, asks }: Needed, index: number): Action {
  const [id = '', ...rest] = words.split(' ');
  const value = rest.join(' ');
  return {
    t: 'button',
    id,
    label,
    ...(value === '' ? {} : { value }),
    ...(index === 0 ? { tone: 'primary' as const } : {}),
    ...(asks ? { opensForm: true } : {}),
  };
}

const text = (v: string): Inline => ({ t: 'text', v });
const code = (v: string): Inline => ({ t: 'code', v });
const p = (...c: Inline[]): Block => ({ t: 'p', c });
