import type { BrowserContext, Page } from 'playwright-core';
import type { Stage } from './stage.ts';
import type { Visitor } from './visitor.ts';

/** Opens a link that works once, says who they are if asked, and stands at the incidents. */
export async function signIn(visitor: Visitor, link: string, name: string): Promise<Page> {
  const page = await visitor.open(link);
  const field = page.getByRole('textbox', { name: 'What should people call you?' });
  if (await field.isVisible()) await field.fill(name);
  await page.getByRole('button', { name: /^Sign in/ }).click();
  await page.getByRole('heading', { name: 'Incidents', level: 1 }).waitFor();
  return page;
}

/** A link for somebody new, made in the list of incidents by whoever this browser belongs to. */
export async function invitation(by: BrowserContext): Promise<string> {
  const page = await by.newPage();
  await page.goto('/');
  await page.getByRole('button', { name: 'Invite somebody' }).click();
  const link = await page.getByRole('textbox', { name: 'Copy this link and send it to them' }).inputValue();
  await page.close();
  return link;
}

/** Somebody else, invited by the person in front of this page. */
export async function invited(stage: Stage, by: Page, name: string): Promise<Page> {
  return signIn(await stage.visitor(), await invitation(by.context()), name);
}

/** Declares an incident in the page of incidents and stands in its room. */
export async function declare(page: Page, title: string): Promise<string> {
  await page.getByRole('button', { name: 'Declare' }).click();
  await page.getByRole('textbox', { name: 'What is broken?' }).fill(title);
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/i\/INC-\d+$/);
  return /INC-\d+/.exec(page.url())?.[0] ?? '';
}

/** What this person's browser sends by itself: an answer of the API, as the page would get it. */
export async function ask<T>(page: Page, method: string, path: string, body?: unknown): Promise<T> {
  const request = { method, path, body: body === undefined ? null : JSON.stringify(body) };
  return page.evaluate<T>(`(async ({ method, path, body }) => {
    const headers = { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() };
    const answer = await fetch(path, { method, headers, ...(body === null ? {} : { body }) });
    if (!answer.ok) throw new Error(path + ' answered ' + answer.status + ': ' + (await answer.text()));
    return answer.status === 204 ? null : answer.json();
  })(${JSON.stringify(request)})`);
}
