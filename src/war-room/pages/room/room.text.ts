import { describeFile } from '#libs/war-room-protocol/files';
import { absentWords, type FileOfMessage, isOfMessage } from '#libs/war-room-protocol/message-files';
import { isOpenCategory, kindLabel } from '#libs/war-room-protocol/vocabulary';
import { age, clock, day, ZONE } from '../times.ts';
import type { FlowItem } from './flow.queries.ts';
import { fileHref } from './file-href.ts';
import { happening } from './happening.ts';
import { answerWords, markWords } from './mark-words.ts';
import { mirrorWords } from './mirror-words.ts';
import type { RoomView } from './room-view.ts';
import { asWritten } from './sentence.ts';
import { nextUpdateWords, updateWords } from './update-words.ts';

/** The room for curl and small screens. */
export function roomText(view: RoomView, address: string): string {
  const { incident, mirrors, flow, now } = view;
  const isOver = !isOpenCategory(incident.category);
  const facts = [
    `${incident.severity}, ${incident.status}`,
    ...(incident.kind === 'standard' || incident.kind === 'drill' ? [] : [kindLabel(incident.kind).toLowerCase()]),
    `lead: ${incident.lead?.name ?? 'nobody yet'}`,
    `${isOver ? 'took' : 'open'} ${age(incident.declaredAt, incident.endedAt ?? now)}`,
  ];
  const head = [
    `${incident.number} ${incident.title}`,
    ...(incident.kind === 'drill' ? ['This is a drill. Nothing real is broken.'] : []),
    ...(incident.isPrivate ? ['Private: only those who take part see it.'] : []),
    ...(incident.mergedInto ? [`Merged into ${incident.mergedInto}. People go on there.`] : []),
    facts.join(' | '),
    ...(incident.summary ? [`Summary: ${incident.summary}`] : []),
    ...updateLines(view),
    ...(incident.learned ? [`What will not happen again: ${incident.learned}`] : []),
    ...mirrors.map((mirror) => `Also in: ${mirrorWords(mirror).say}`),
    `Times are ${ZONE}.${flow.older === null ? '' : ` Older: ${address}?before=${flow.older}`}`,
  ];
  const write = `Write: curl -H "Authorization: Bearer $TOKEN" -H "Content-Type: text/plain" --data-binary "What you want to say" ${address}`;
  return `${forTerminal([...head, '', ...lines(flow.items, incident), '', write].join('\n'))}\n`;
}

function updateLines({ waiting, now }: RoomView): string[] {
  const { last } = waiting;
  const next = nextUpdateWords(waiting, now);
  const told = last ? `${clock(last.at)} ${asWritten(updateWords({ data: last }, last.by ? ` by ${last.by.name}` : ''))}` : null;
  return [...(told ? [indented(told)] : []), ...(next ? [next] : [])];
}

function lines(items: readonly FlowItem[], incident: RoomView['incident']): string[] {
  let date = '';
  return items.flatMap((item) => {
    const line = lineOf(item, incident);
    if (line === null) return [];
    const changed = date !== day(item.event.displayAt);
    date = day(item.event.displayAt);
    return changed ? [`-- ${date}`, line] : [line];
  });
}

function lineOf({ event, now, edited, marks, files }: FlowItem, incident: RoomView['incident']): string | null {
  const late = event.late ? ' (late)' : '';
  if (isOfMessage(event)) return null;
  if (event.type !== 'message.posted') {
    const words = happening(event);
    const file = event.type === 'file.added' ? `\n      ${new URL(fileHref(incident.number, event.data.fileId), incident.url).href}` : '';
    return words === null ? null : `${clock(event.displayAt)} * ${indented(asWritten(words))}${late}${file}`;
  }
  const who = `${event.by?.name ?? event.via.name} (${event.via.name}${edited ? ', edited' : ''})`;
  const answers = marks?.answers ? `(in answer to ${answerWords(marks.answers)}) ` : '';
  const said = marks ? markWords(marks) : null;
  return `${clock(event.displayAt)} ${who}${late}: ${answers}${now === null ? 'deleted' : indented(now)}${files.map((file) => fileLine(file, incident, event.via.name)).join('')}${said === null ? '' : `\n      [${said}]`}`;
}

function fileLine(file: FileOfMessage, { number, url }: RoomView['incident'], chat: string): string {
  const there = file.state === 'lost' && file.href !== undefined ? ` ${file.href}` : '';
  if (file.state !== 'kept') return `\n      ${absentWords(file, chat)}${there}`;
  return `\n      ${file.fact.name} (${describeFile(file.fact)}) ${new URL(fileHref(number, file.fact.fileId), url).href}`;
}

/** A message of several lines cannot pass for several messages. */
const indented = (text: string): string => text.replace(/\r\n?|\n/g, '\n      ');

/** A terminal obeys control characters, and hidden ones can turn the order of what is read. */
const forTerminal = (text: string): string =>
  text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
