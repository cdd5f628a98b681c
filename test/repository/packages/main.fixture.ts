import { CASES, conformanceOf, FAKE_SUITES, makeKit, planted, MUTANTS } from '@musterhq/adapter-testkit';
import type { Content, RoomRef } from '@musterhq/chat-port';
// As an author writes it, with a compiler that is told nothing more.
import { lineChat } from './line-chat.fixture.js';

const lines: string[] = [];
const adapter = await makeKit().create(lineChat(lines), { instance: 'line' });
const room: RoomRef = { adapter: 'line', tenant: 'home', room: 'general' };
const content: Content = { blocks: [], summary: 'hello' };
for (const part of adapter.messages.render(content, room).parts) {
  await adapter.messages.send({ key: 'a-key', room, part }, AbortSignal.timeout(1_000));
}

const cases = CASES.filter(({ rule }) => rule === 'CP5' || rule === 'CP8');
const [fake] = FAKE_SUITES;
const mutant = MUTANTS.find(({ rule }) => rule === 'CP5');
if (!fake || !mutant) throw new Error('The kit has no fake, or no mutant');
const right = await conformanceOf(fake, cases);
const wrong = await conformanceOf({ ...fake, start: planted(fake.start, mutant) }, cases);

console.log(JSON.stringify({ lines, right: right.broken, wrong: wrong.broken }));
