import type { FrameLocator, Locator, Page } from 'playwright-core';
import type { Visitor } from './visitor.ts';

/** The page of practice, as the person in front of it sees it: a pretend Slack on the left, the war room on the right. */
export class PracticePage {
  readonly slack: FrameLocator;
  readonly slackLog: Locator;
  readonly room: Locator;

  constructor(readonly page: Page) {
    this.slack = page.frameLocator('iframe[title="Pretend Slack"]');
    this.slackLog = this.slack.getByRole('log');
    this.room = page.getByRole('log', { name: 'Messages' });
  }

  static async open(visitor: Visitor, link: string): Promise<PracticePage> {
    return new PracticePage(await visitor.open(link));
  }

  /** Opened, and the colleagues have begun to talk. */
  static async talking(visitor: Visitor, link: string): Promise<PracticePage> {
    const practice = await PracticePage.open(visitor, link);
    await practice.canPress('Say something');
    return practice;
  }

  async press(step: string): Promise<void> {
    await this.canPress(step);
    await this.page.getByRole('button', { name: step }).click();
  }

  async canPress(step: string): Promise<void> {
    await this.page.getByRole('button', { name: step }).and(this.page.locator(':enabled')).waitFor({ timeout: 30_000 });
  }

  async writeInSlack(text: string): Promise<void> {
    await this.slack.getByRole('textbox').fill(text);
    await this.slack.getByRole('textbox').press('Enter');
  }

  async writeInTheRoom(text: string): Promise<void> {
    const box = this.page.getByRole('textbox', { name: 'Message' });
    await box.fill(text);
    await box.press('Enter');
  }

  /** Waits until both sides show it. */
  async bothSidesShow(text: string): Promise<void> {
    await this.slackLog.getByText(text, { exact: true }).first().waitFor();
    await this.room.getByText(text, { exact: true }).first().waitFor();
  }

  /** How often each side shows it. */
  async times(text: string): Promise<{ readonly inChat: number; readonly here: number }> {
    return {
      inChat: await this.slackLog.getByText(text, { exact: true }).count(),
      here: await this.room.getByText(text, { exact: true }).count(),
    };
  }
}
