import type { NoticeContent } from '#src/notifications/notifications.types';
import type { Drill } from './drill-rows.ts';
import { nameInDrill } from './drill-words.ts';

/** Nobody who is woken by it may take it for an outage: that it is none comes first, wherever it is read. */
export function downNotice(drill: Drill, home: string): NoticeContent {
  return {
    title: `DRILL, nothing is broken: ${drill.chatName} is taken to be down`,
    paragraphs: [
      `This is a drill. Nothing real is broken, and there is nothing to put right. ${drill.by.name} began ${drill.number} to see who is told when ${drill.chatName} is away, and how fast.`,
      'Whoever takes part in it goes on in its war room:',
    ],
    links: [{ text: `${drill.number} ${drill.title}`, href: new URL(`/i/${drill.number}`, home).href }],
    of: { id: drill.instance, name: nameInDrill(drill.chatName) },
  };
}

export const overNotice = (drill: Drill, home: string): NoticeContent => ({
  title: `DRILL over: ${drill.number}`,
  paragraphs: ['The drill is over. Nothing real was broken. How it went:'],
  links: [{ text: 'Its report', href: new URL(`/drill/${drill.id}`, home).href }],
  of: { id: drill.instance, name: nameInDrill(drill.chatName) },
});
