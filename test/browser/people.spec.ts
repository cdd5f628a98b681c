import { randomUUID } from 'node:crypto';
import type { BrowserContext, Page } from 'playwright-core';
import { until } from '#test/support/until';
import { ask, invited, signIn } from './support/people.ts';
import { RoomPage, tabTo } from './support/room-page.ts';
import { barriers, NARROW, TWO_LOOKS } from './support/scan.ts';
import { useStage } from './support/stage.ts';

import.meta.jest.setTimeout(120_000);

/** Ada is an admin, Ben a responder, Cy a member. */
describe('Being offered what one may', () => {
  const stage = useStage();
  let ada: Page;
  let ben: Page;
  let cy: Page;
  const sessions: Awaited<ReturnType<BrowserContext['storageState']>>[] = [];
  beforeAll(async () => {
    ada = await signIn(await stage.visitor(), stage.signInLink, 'Ada');
    ben = await invited(stage, ada, 'Ben');
    cy = await invited(stage, ada, 'Cy');
    const { people } = await ask<{ people: { id: string; name: string }[] }>(ada, 'GET', '/api/v1/people');
    for (const { id, name } of people.filter((one) => one.name !== 'Ada'))
      await ask(ada, 'PATCH', `/api/v1/people/${id}`, { role: name === 'Ben' ? 'responder' : 'member' });
    const { id } = await ask<{ id: string }>(ada, 'POST', '/api/v1/teams', { name: 'Payments' });
    for (const person of ['Ben', 'Cy']) await ask(ada, 'POST', `/api/v1/teams/${id}/members`, { person });
    for (const page of [ada, ben, cy]) sessions.push(await page.context().storageState());
  });
  beforeEach(async () => {
    [ada, ben, cy] = (await Promise.all(sessions.map(async (storageState) => (await stage.visitor({ storageState })).open('/')))) as [
      Page,
      Page,
      Page,
    ];
  });

  const declared = (page: Page, facts: object): Promise<{ number: string }> =>
    ask(page, 'POST', '/api/v1/incidents', { title: 'Checkout is failing', ...facts });
  const roomOf = async (page: Page, number: string): Promise<RoomPage> => {
    await page.goto(`/i/${number}`);
    await page.getByRole('complementary', { name: 'Details' }).waitFor();
    return new RoomPage(page);
  };
  const does = (page: Page, number: string, type: string, body: object): Promise<unknown> =>
    ask(page, 'POST', `/api/v1/incidents/${number}/commands`, { id: randomUUID(), type, body });

  it('lets a responder triage, and shows a member where it stands only', async () => {
    const { number } = await declared(cy, { triage: true });

    const member = await roomOf(cy, number);
    await member.header.getByText('Triage', { exact: true }).waitFor();
    expect(await cy.getByRole('button', { name: /Accept or decline|change status/ }).count()).toBe(0);
    await member.box.fill('/acc');
    expect(await cy.getByRole('option').count()).toBe(0);

    const responder = await roomOf(ben, number);
    await responder.box.fill('/acc');
    await ben.getByRole('option', { name: /accept/ }).waitFor();
    await responder.press('Accept or decline');
    await responder.dialog('Is it an incident?').waitFor();
  });

  it('lets a responder open again what was declined', async () => {
    const { number } = await declared(cy, { triage: true });
    await does(ben, number, 'decline', { reason: 'Planned' });

    await (await roomOf(cy, number)).header.getByText('Declined', { exact: true }).waitFor();
    expect(await cy.getByRole('button', { name: 'Reopen' }).count()).toBe(0);
    await roomOf(ben, number);
    await ben.getByRole('button', { name: 'Reopen' }).waitFor();
  });

  it('asks a member about themselves, and nobody else', async () => {
    const { number } = await declared(ben, {});
    await does(cy, number, 'join', {});
    const room = await roomOf(cy, number);

    await room.press('Change who takes part');
    await room.dialog('Who takes part?').waitFor();
    const choices = room.dialog('Who takes part?').getByRole('radio');
    expect(await choices.count()).toBe(2);
    await cy.keyboard.press('Escape');

    await room.press('Edit title and summary');
    await room
      .dialog(/^Edit INC-/)
      .getByRole('radiogroup', { name: 'What sort of thing is it?' })
      .waitFor();
    expect(
      await room
        .dialog(/^Edit INC-/)
        .getByRole('radiogroup', { name: 'Who sees it?' })
        .count(),
    ).toBe(0);
    await cy.keyboard.press('Escape');

    await room.press('Lead: nobody yet, what it asks of you');
    await room.dialog('Lead: who?').waitFor();
    expect(await room.dialog('Lead: who?').getByRole('radio').count()).toBe(2);
    await cy.keyboard.press('Escape');
    await room.press('Take the lead');
    await room.press('Change who takes part');
    await room.dialog('Who takes part?').getByText('Add a team').waitFor();
  });

  it('suggests names and teams as one is written, and stays open until it is known whether they were added', async () => {
    const { number } = await declared(ada, {});
    const room = await roomOf(ada, number);
    await room.press('Change who takes part');
    const dialog = room.dialog('Who takes part?');
    const box = dialog.getByRole('combobox', { name: "Their name, or a team's" });

    await box.fill('Zed');
    await ada.keyboard.press('Enter');
    await dialog.getByRole('alert').getByText('Nobody here is called "Zed".').waitFor();
    expect(await box.inputValue()).toBe('Zed');
    await box.fill('');
    await ada.keyboard.press('Enter');
    await dialog.getByText('Write the name of somebody in the organisation, or of a team.').waitFor();

    await box.pressSequentially('p');
    await dialog.getByRole('option', { name: 'Payments team of 2' }).waitFor();
    await ada.keyboard.press('Escape');
    expect(await dialog.getByRole('option').count()).toBe(0);
    await box.fill('b');
    await dialog.getByRole('option', { name: 'Ben', selected: true }).waitFor();
    expect(await barriers(ada, 'names', NARROW)).toEqual([]);
    await box.press('Enter');
    expect(await box.inputValue()).toBe('Ben');
    await ada.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await room.log.getByText('Ben was added by Ada').waitFor();
  });

  it('calls a team in by the keyboard alone, and says who would see a private one', async () => {
    const { number } = await declared(ada, { private: true });
    const room = await roomOf(ada, number);

    await tabTo(ada, ada.getByRole('button', { name: 'Change who takes part' }));
    await ada.keyboard.press('Enter');
    const dialog = room.dialog('Who takes part?');
    await dialog.waitFor();
    await tabTo(ada, dialog.getByRole('radio', { name: 'Add somebody' }));
    await ada.keyboard.press('ArrowDown');
    await dialog.getByText('Whoever joins the team later will not.').waitFor();
    await tabTo(ada, dialog.getByRole('radio', { name: 'Payments' }));
    await ada.keyboard.press('Space');
    await tabTo(ada, dialog.getByRole('button', { name: 'Change' }));
    await ada.keyboard.press('Enter');

    await room.log.getByText('was added by Ada: Ben, Cy').waitFor();
    await ada
      .getByRole('complementary', { name: 'Details' })
      .getByText('Ada (you), Ben, Cy')
      .or(ada.getByText(/Ben, Cy/))
      .first()
      .waitFor();
    await (await roomOf(cy, number)).header.getByText('Private').waitFor();
  });

  it('declares what is to be triaged, in private, from the fold, and changes its kind', async () => {
    await ada.getByRole('button', { name: 'Declare' }).click();
    await ada.getByRole('textbox', { name: 'What is broken?' }).fill('The move of the database');
    await ada.getByText('More', { exact: true }).click();
    await ada.getByText('Planned work').click();
    await ada.getByText('Those who take part only').click();
    const nobody = ada.getByText('Nobody else sees what is private, so no other responder can accept it.');
    expect(await nobody.count()).toBe(0);
    await ada.getByText('To be triaged').click();
    await nobody.waitFor();
    await ada.getByRole('dialog').getByRole('button', { name: 'Declare' }).click();
    await ada.waitForURL(/\/i\/INC-\d+$/);

    const room = new RoomPage(ada);
    for (const fact of ['Planned work', 'Private']) await room.header.getByText(fact, { exact: true }).waitFor();
    await ada.getByRole('button', { name: 'Triage, change status' }).waitFor();
    await room.press('Edit title and summary');
    await room.dialog(/^Edit/).getByText('Near miss').click();
    await room.dialog(/^Edit/).getByRole('button', { name: 'Save' }).click();
    await room.header.getByText('Near miss', { exact: true }).waitFor();
    await ada.goto('/');
    await ada.getByRole('listitem').filter({ hasText: 'The move of the database' }).getByText('Private', { exact: true }).waitFor();
  });

  it('shows whoever was given a role by somebody else what it asks, when they look, and until they have read it', async () => {
    const { number } = await declared(ada, {});
    await does(ada, number, 'role', { role: 'ops', to: 'me' });
    const { person } = await ask<{ person: { id: string } }>(cy, 'GET', '/api/v1/me');
    const theirs = cy.getByRole('region', { name: 'Operations: you have it now' });
    await roomOf(cy, number);
    await cy.goto('/');

    await does(ada, number, 'role', { role: 'ops', to: person.id });
    for (let n = 1; n <= 3; n++) await does(ada, number, 'message', { text: `Meanwhile ${n}` });
    await roomOf(cy, number);
    await theirs.getByText('Cy has the role Operations, handed over by Ada').waitFor();
    await theirs.getByText('Status', { exact: true }).waitFor();
    expect(await new RoomPage(cy).log.getByRole('definition').count()).toBe(0);
    expect(await barriers(cy, 'a role to read', TWO_LOOKS)).toEqual([]);
    await (await roomOf(ada, number)).log.getByRole('definition').first().waitFor();

    await cy.reload();
    await tabTo(cy, theirs.getByRole('button', { name: 'I have read it' }));
    await cy.keyboard.press('Enter');
    await theirs.waitFor({ state: 'detached' });
    await until('the focus is in the log', () => cy.evaluate<boolean>('document.activeElement.closest("[role=log]") !== null'));
    await roomOf(cy, number);
    await new RoomPage(cy).log.getByText('Meanwhile 3').waitFor();
    expect(await theirs.count()).toBe(0);
  });

  it('shows two accounts as one person as soon as that is known, without being opened again, and as two when they are', async () => {
    const { number } = await declared(ada, {});
    await does(ben, number, 'message', { text: 'It is the pool' });
    await does(cy, number, 'message', { text: 'I think so too' });
    const room = await roomOf(ada, number);
    await room.message('I think so too').getByText('Cy', { exact: true }).waitFor();
    await ada.getByRole('textbox', { name: 'Message' }).fill('half a sentence');
    const ids = await Promise.all(
      [ben, cy].map(async (page) => (await ask<{ person: { id: string } }>(page, 'GET', '/api/v1/me')).person.id),
    );
    const two = { one: ids[0], other: ids[1] };

    await ask(ada, 'POST', '/api/v1/people/joins', two);

    await room.message('I think so too').getByText('Cy', { exact: true }).waitFor({ state: 'detached' });
    expect(await ada.getByRole('textbox', { name: 'Message' }).inputValue()).toBe('half a sentence');

    await ask(ada, 'POST', '/api/v1/people/apart', two);

    await room.message('I think so too').getByText('Cy', { exact: true }).waitFor();
  });

  it('knows what a role asks that was made after the page was opened', async () => {
    const { number } = await declared(ada, {});
    const room = await roomOf(ada, number);

    await ask(ada, 'POST', '/api/v1/roles', { key: 'legal', name: 'Legal', instructions: 'Say what has to be reported.' });
    await does(ben, number, 'role', { role: 'legal', to: 'me' });

    await room.press('Ben, change legal');
    await room.dialog('Legal: who?').getByText('Say what has to be reported.').waitFor();
  });
});
