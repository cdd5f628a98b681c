import type { Locator, Page } from 'playwright-core';
import type { PracticePage } from './practice-page.ts';
import { RoomPage } from './room-page.ts';
import type { Stage } from './stage.ts';

type Surface = 'Slack' | 'Teams' | 'the war room';

/** One person, at one surface, with a browser of their own. */
class Somebody {
  constructor(
    readonly surface: Surface,
    readonly page: Page,
    private readonly box: Locator,
    private readonly log: Locator,
  ) {}

  async says(n: number): Promise<void> {
    await this.box.fill(wordsOf(n, this.surface));
    await this.box.press('Enter');
    await this.sees(n, this.surface);
  }

  async sees(n: number, by: Surface): Promise<void> {
    await this.log.getByText(wordsOf(n, by), { exact: true }).first().waitFor({ timeout: 60_000 });
  }

  /** What all three said, as it stands here from top to bottom. */
  async reads(...by: Surface[]): Promise<string[]> {
    const all = (await this.log.innerText()).match(/number \d+, in (?:Slack|Teams|the war room)/g) ?? [];
    return all.filter((words) => by.some((surface) => words.endsWith(`in ${surface}`)));
  }
}

const wordsOf = (n: number, surface: Surface): string => `number ${n}, in ${surface}`;

/** What somebody said from `from` to `to`, in that order. */
export const said = (surface: Surface, from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, n) => wordsOf(from + n, surface));

/** Mia in the pretend Slack, Ines in the pretend Teams, and whoever practises in the war room. */
export class ThreePeople {
  private constructor(
    readonly mia: Somebody,
    readonly ines: Somebody,
    readonly you: Somebody,
  ) {}

  static async in(stage: Stage, practice: PracticePage): Promise<ThreePeople> {
    const { page } = practice;
    const teams = page.frameLocator('iframe[title="Pretend Teams"]');
    // Ines speaks as soon as the incident has its thread there.
    await teams.getByRole('log').getByText('Two customers ask us about checkout').waitFor({ timeout: 60_000 });
    const number = /DRILL-\d+/.exec((await page.getByRole('heading', { name: /DRILL-\d+/ }).textContent()) ?? '')?.[0] ?? '';
    const known = { storageState: await page.context().storageState() };
    const window = async (path: string): Promise<Page> => (await stage.visitor(known)).open(path);
    const slack = await window(await addressOf(page, 'Slack', 'Mia Berg'));
    const inTeams = await window(await addressOf(page, 'Teams', 'Ines Castro'));
    const room = new RoomPage(await window(`/i/${number}`));
    return new ThreePeople(
      new Somebody('Slack', slack, slack.getByRole('textbox'), slack.getByRole('log')),
      new Somebody('Teams', inTeams, inTeams.getByRole('textbox'), inTeams.getByRole('log')),
      new Somebody('the war room', room.page, room.box, room.log),
    );
  }

  /** One after the other, each of them in turn. */
  async talk(from: number, to: number): Promise<void> {
    for (let n = from; n <= to; n++) for (const somebody of this.all) await somebody.says(n);
  }

  get all(): readonly Somebody[] {
    return [this.mia, this.ines, this.you];
  }
}

/** Of the pretend chat that this page frames, as somebody else sees it. */
async function addressOf(page: Page, chat: string, as: string): Promise<string> {
  const address = new URL((await page.locator(`iframe[title="Pretend ${chat}"]`).getAttribute('src')) ?? '', page.url());
  address.searchParams.set('as', as);
  return address.href;
}
