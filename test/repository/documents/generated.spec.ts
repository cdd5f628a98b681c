import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { roomEvent } from '#libs/war-room-protocol/events';
import { configurationPage } from '#src/platform/config/configuration-page';
import { eventsPage } from '../../../scripts/docs/events-page.mjs';
import { ROOT } from '../rules/planted.ts';

describe('Pages that are generated', () => {
  it.each([
    ['configuration.md', configurationPage],
    ['events.md', eventsPage],
  ])('docs/%s is what the code says', (name, page) => {
    expect(readFileSync(join(ROOT, 'docs', name), 'utf8')).toBe(page());
  });

  it('docs/events.md has every event that the page reads', () => {
    const types = roomEvent.def.options.map((option) => option.shape.type.def.values[0]);
    expect(types.filter((type) => !eventsPage().includes(`| \`${type}\` |`))).toEqual([]);
  });

  it('refuses an event that says nothing of itself', () => {
    expect(() => eventsPage(`export const e = z.discriminatedUnion('type', [event('room.painted', {})]);`)).toThrow(/room\.painted/);
  });
});
