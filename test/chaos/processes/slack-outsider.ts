import type { Database } from '#src/platform/database/database';
import { createLink } from '#src/people/sign-in-links';
import type { Fleet } from './slack-fleet.ts';

/** What only those in a private incident may read: found by the word, known by the title. */
export const SECRET = { word: 'zanzibar', title: 'The zanzibar kumquat' };
/** Of the title, and of nothing else. */
const MARK = 'kumquat';
const EVERY_MS = 400;

/** Somebody in the organisation who takes part in nothing, and looks around all the time. */
export class Outsider {
  private readonly met = new Set<string>();
  private looking: NodeJS.Timeout | undefined;

  private constructor(
    private readonly fleet: Fleet,
    private readonly cookie: string,
  ) {}

  static async come(fleet: Fleet, database: Database): Promise<Outsider> {
    const link = await createLink(database, 'invitation');
    const response = await fetch(`${fleet.address(fleet.webs()[0] ?? '')}/sign-in/${link}`, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'sec-fetch-site': 'same-origin' },
      body: new URLSearchParams({ name: 'Mallory' }),
    });
    const cookie = response.headers.getSetCookie()[0]?.split(';')[0];
    if (!cookie) throw new Error(`nobody came in: ${response.status} ${await response.text()}`);
    return new Outsider(fleet, cookie);
  }

  look(): void {
    const places = ['/api/v1/incidents', `/api/v1/search?q=${SECRET.word}`];
    this.looking = setInterval(() => {
      for (const web of this.fleet.webs()) for (const place of places) void this.lookAt(web, place);
    }, EVERY_MS);
  }

  /** Where a private incident was met, at last also by its number. */
  async away(references: readonly string[]): Promise<string[]> {
    clearInterval(this.looking);
    const of = (reference: string): string[] =>
      ['', '/events?after=0', '/stream']
        .map((end) => `/api/v1/incidents/${reference}${end}`)
        .concat(`/i/${reference}.txt`, `/lite/i/${reference}`);
    const [web = ''] = this.fleet.webs();
    await Promise.all(references.flatMap(of).map((place) => this.lookAt(web, place)));
    return [...this.met, ...this.fleet.chats.flatMap((chat) => chat.placesOf(MARK))];
  }

  private async lookAt(web: string, place: string): Promise<void> {
    const answer = await fetch(`${this.fleet.address(web)}${place}`, {
      headers: { cookie: this.cookie, 'sec-fetch-site': 'same-origin' },
      redirect: 'manual',
      signal: AbortSignal.timeout(5_000),
    }).catch(() => null);
    if (!answer) return;
    const isStream = answer.status === 200 && answer.headers.get('content-type')?.startsWith('text/event-stream');
    if (isStream) await answer.body?.cancel();
    if (isStream || tells(await answer.text().catch(() => ''))) this.met.add(place);
  }
}

const tells = (text: string): boolean => text.includes(MARK);
