import { textContent } from '#libs/rich-text/text-content';
import type { Verb } from '#src/conversation/conversation.types';
import { NoIncidentHere, tellPeople } from '#src/conversation/conversation.errors';
import { momentIn } from './moment-in.ts';
import * as errors from './timeline.errors.ts';
import { TimeNotUnderstood } from './timeline.errors.ts';
import type { Timeline } from './timeline.service.ts';

tellPeople(...Object.values(errors));

/** "timeline 14:05 The deploy went out", the same in every chat and in the war room. */
export function timelineVerb(timeline: Timeline): Verb {
  return {
    name: 'timeline',
    usage: 'timeline 14:05 The deploy went out',
    help: 'puts something on the timeline at its own time (UTC).',
    inRoom: true,
    async run({ tx, by, incidentId, requestId, text }) {
      if (incidentId === null) throw new NoIncidentHere('timeline', `timeline ${text}`);
      const moment = momentIn(text, new Date());
      if (!moment) throw new TimeNotUnderstood();
      const seq = await timeline.add(tx, { incidentId, requestId, by }, moment.rest, moment.at);
      return { say: textContent(`On the timeline at ${moment.at.toISOString().slice(0, 16).replace('T', ' ')} UTC.`), seq };
    },
  };
}
