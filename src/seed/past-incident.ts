import type { ActorFact } from '#src/platform/log/event.types';
import type { Chance } from './chance.ts';
import { RoomStory, SLACK, WEB } from './room-story.ts';
import { REGIONS, SERVICES, TALK, type Trouble, TROUBLES, WHY_NOT } from './troubles.ts';

const EMOJI = ['+1', 'eyes', 'tada', 'pray', 'white_check_mark'];

export interface Setting {
  readonly id: (name: string) => string;
  readonly reference: () => string;
  readonly people: readonly ActorFact[];
  readonly chance: Chance;
  readonly at: Date;
  /** Goes on still: nobody resolves it. */
  readonly isOpen?: boolean;
}

/** One of a year's incidents, and the other one that somebody declared for the same thing, where there is one. */
export function pastIncident(setting: Setting): RoomStory[] {
  const { chance } = setting;
  const trouble = chance.one(TROUBLES);
  const fill = wordsFor(setting);
  const people = chance.some(chance.between(3, 8), setting.people);
  const story = new RoomStory(setting.id('incident'), setting.reference(), setting.at);
  const [first] = people as [ActorFact];
  const title = fill(trouble.title);

  if (!setting.isOpen && chance.happens(0.06)) return [refused(story, people, title, chance)];
  const isPrivate = chance.happens(0.04);
  story.declared(
    first,
    { title, severity: chance.one(trouble.severities), kind: trouble.kind ?? 'standard', ...(isPrivate ? { private: true as const } : {}) },
    via(chance),
  );
  const twin = !isPrivate && chance.happens(0.04) ? declaredAgain(setting, title, story) : null;
  talkedThrough(story, trouble, people, fill, chance, twin);
  if (setting.isOpen) story.after(1).update(people[1] ?? first, 'Nothing new until tomorrow: we watch it.', 5 * 24 * 60);
  else ended(story, people, fill(chance.one(trouble.learned)), chance);
  return twin ? [story, twin] : [story];
}

function talkedThrough(
  story: RoomStory,
  trouble: Trouble,
  people: readonly ActorFact[],
  fill: (text: string) => string,
  chance: Chance,
  twin: RoomStory | null,
): void {
  const lead = chance.one(people);
  const say = (text: string): string => story.after(pause(chance)).posted(chance.one(people), fill(text), { via: via(chance) });
  const talk = (most: number): void => {
    for (const text of chance.some(chance.between(1, most), TALK)) marked(story, say(text), people, chance);
  };

  for (const text of trouble.seen) say(text);
  story.after(pause(chance)).lead(lead, lead, via(chance));
  if (twin) twin.until(story.until(twin.now).after(1).now).merged(lead, story);
  talk(7);
  if (chance.happens(0.25)) story.after(1).severity(lead, 'SEV2', 'More customers than we thought');
  const found = story.after(pause(chance)).posted(chance.one(people), fill(chance.one(trouble.found)), { via: via(chance) });
  story.after(0.5).pinned(lead, found);
  story.after(0.5).status(lead, 'identified');
  if (chance.happens(0.4)) story.after(1).summarised(lead, fill(chance.one(trouble.found)));
  if (chance.happens(0.3)) story.entry(lead, 'The deploy went out', chance.between(15, 40));
  talk(6);
  story.after(pause(chance)).status(lead, 'fixing');
  for (const text of trouble.done) marked(story, say(text), people, chance);
  talk(5);
}

function ended(story: RoomStory, people: readonly ActorFact[], learned: string, chance: Chance): void {
  const by = chance.one(people);
  story.after(pause(chance)).status(by, 'monitoring');
  story.after(chance.between(10, 60)).resolved(by, learned, via(chance));
  if (chance.happens(0.5)) story.after(chance.between(1_000, 6_000)).status(by, 'closed', 'closed');
}

function refused(story: RoomStory, people: readonly ActorFact[], title: string, chance: Chance): RoomStory {
  const [first, second] = people as [ActorFact, ActorFact];
  story.declared(first, { title, severity: 'SEV3', kind: 'standard', category: 'triage' });
  story.after(2).posted(second, 'Looks like something else to me, one moment');
  story.after(4).declined(second, chance.one(WHY_NOT));
  return story;
}

/** Two people at once. Whoever leads puts the second room into the first. */
function declaredAgain({ id, reference, people, chance, at }: Setting, title: string, first: RoomStory): RoomStory {
  const twin = new RoomStory(id('twin'), reference(), new Date(at.getTime() + 90_000));
  const by = chance.one(people);
  twin.declared(by, { title: `${title}?`, severity: 'SEV3', kind: 'standard' });
  twin.after(1).posted(by, `Is this the same as ${first.reference}?`);
  return twin;
}

/** Some is corrected, some taken back, some answered, some cheered. */
function marked(story: RoomStory, messageId: string, people: readonly ActorFact[], chance: Chance): void {
  const said = story.events.at(-1)!;
  const by = said.by!;
  const { text } = said.data as { text: string };
  if (chance.happens(0.06)) story.after(0.4).edited(by, messageId, `${text} (corrected)`, said.via);
  else if (chance.happens(0.02)) return story.after(0.4).deleted(by, messageId);
  else if (chance.happens(0.1)) story.after(0.6).posted(chance.one(people), 'Same here', { replyTo: messageId, via: via(chance) });
  if (chance.happens(0.2))
    for (const who of chance.some(chance.between(1, 3), people)) story.after(0.1).reacted(who, messageId, chance.one(EMOJI));
}

function wordsFor({ chance, at }: Setting): (text: string) => string {
  const service = chance.one(SERVICES);
  const region = chance.one(REGIONS);
  const time = new Date(at.getTime() - 6 * 60_000).toISOString().slice(11, 16);
  return (text) =>
    text
      .replaceAll('{service}', service)
      .replaceAll('{Service}', service.charAt(0).toUpperCase() + service.slice(1))
      .replaceAll('{region}', region)
      .replaceAll('{time}', time)
      .replaceAll('{n}', () => String(chance.between(2, 9)));
}

const via = (chance: Chance) => (chance.happens(0.7) ? SLACK : WEB);
const pause = (chance: Chance): number => 0.3 + chance.next() * 3;
