// What the page must do, against the mock: accessible on every screen, usable by keys alone, losing nothing offline.
import assert from 'node:assert/strict';
import { AxeBuilder } from '@axe-core/playwright';
import { mock, people } from './server.mjs';
import { scenes } from './scenes.mjs';
import { openBrowser } from './browser.mjs';

const wanted = process.argv[2];
const browser = await openBrowser();
const checks = [];
const check = (name, run) => (wanted === undefined || name.includes(wanted)) && checks.push({ name, run });
const box = (page) => page.getByRole('textbox', { name: 'Message' });
const log = (page) => page.getByRole('log', { name: 'Messages' });

async function tabTo(page, target) {
  for (let step = 0; step < 60; step += 1) {
    if (await target.evaluate((element) => element === document.activeElement).catch(() => false)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('not reachable by Tab');
}

for (const scheme of ['dark', 'light']) {
  for (const width of [320, 390, 768, 1440]) {
    check(`has no accessibility violations, ${scheme} ${width}`, async ({ open, server }) => {
      scenes(server);
      const page = await open({ colorScheme: scheme, viewport: { width, height: 900 } });
      const clean = async (name) => {
        await page.waitForTimeout(200);
        const { violations } = await new AxeBuilder({ page }).analyze();
        const said = violations.map((v) => `${name}: ${v.id} ${v.nodes.map((n) => `${n.target} ${n.any[0]?.message ?? ''}`).join(' | ')}`);
        assert.deepEqual(said, []);
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true, `${name} scrolls sideways`);
      };
      await page.goto('/');
      await page.getByRole('list', { name: 'Active incidents' }).waitFor();
      await clean('home');
      await page.keyboard.press('c');
      await page.getByRole('dialog', { name: 'Declare an incident' }).waitFor();
      await clean('declare');
      await page.keyboard.press('Escape');
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: 'Help and settings' }).waitFor();
      await clean('help');
      for (const ref of ['INC-247', 'INC-248', 'INC-246']) {
        await page.goto(`/i/${ref}`);
        await log(page).getByRole('article').first().waitFor();
        await clean(ref);
      }
      await page.goto('/i/INC-247');
      for (const [button, dialog] of [
        ['SEV1, change severity', 'How bad is it?'],
        ['Fixing, change status', 'Where does it stand?'],
        ['Resolve', 'Resolve INC-247'],
      ]) {
        await page.getByRole('button', { name: button, exact: true }).click();
        await page.getByRole('dialog', { name: dialog }).waitFor();
        await clean(dialog);
        await page.keyboard.press('Escape');
      }
      await box(page).fill('/');
      await page.getByRole('listbox', { name: 'Commands' }).waitFor();
      await clean('commands');
      if (width < 760) {
        for (const part of ['Timeline', 'Details']) {
          await page.getByRole('navigation', { name: 'Parts of the room' }).getByRole('button', { name: part }).click();
          await clean(part);
        }
      }
      await page.goto('/practice/p1');
      await page.getByRole('heading', { name: 'Practice', exact: true }).waitFor();
      await clean('practice');
      await page.goto('/i/INC-999');
      await page.getByRole('heading').waitFor();
      await clean('missing');
    });
  }
}

check('declares, writes, changes the severity, takes the lead and resolves by keys alone', async ({ open, server }) => {
  const page = await open();
  await page.goto('/');
  await page.getByRole('heading', { name: 'Nothing is going on' }).waitFor();
  await page.keyboard.press('c');
  await page.getByLabel('What is broken?').waitFor();
  await page.keyboard.type('Checkout is down');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/i/INC-1');
  await box(page).waitFor();
  await page.keyboard.press('m');
  await page.keyboard.type('Looking at the deploy');
  await page.keyboard.press('Enter');
  await log(page).getByText('Looking at the deploy').waitFor();
  await tabTo(page, page.getByRole('button', { name: 'SEV3, change severity' }));
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'How bad is it?' }).waitFor();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Tab');
  await page.keyboard.type('all cards refused');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'SEV1, change severity' }).waitFor();
  await log(page).getByText('all cards refused').waitFor();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await tabTo(page, page.getByRole('button', { name: 'Take the lead' }));
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Ana Ruiz, change lead' }).waitFor();
  await tabTo(page, page.getByRole('button', { name: 'Resolve', exact: true }));
  await page.keyboard.press('Enter');
  await page.getByLabel('What will not happen again?').waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByText('Write one sentence.').waitFor();
  await page.keyboard.type('Deploys wait for the canary.');
  await tabTo(page, page.getByRole('dialog').getByRole('button', { name: 'Resolve', exact: true }));
  await page.keyboard.press('Enter');
  await page.getByRole('banner').getByText('Resolved').waitFor();
  const { incident, events } = server.rooms.get('INC-1');
  assert.deepEqual([incident.severity, incident.lead.name, incident.learned], ['SEV1', 'Ana Ruiz', 'Deploys wait for the canary.']);
  assert.equal(events.filter((event) => event.type === 'message.posted').length, 1);
});

check('moves by message with the keys', async ({ open, server }) => {
  scenes(server);
  const page = await open();
  await page.goto('/i/INC-247');
  await log(page).getByText('Support has 37 tickets').waitFor();
  await tabTo(page, log(page).getByRole('article').last());
  await page.keyboard.press('k');
  assert.match(await page.evaluate(() => document.activeElement.textContent), /Rollback at 40/);
  await page.keyboard.press('Home');
  assert.match(await page.evaluate(() => document.activeElement.textContent), /Declared/);
});

check('keeps what was written while the server is away, over a reload, and sends it once and in order', async ({ open, server, base }) => {
  const room = server.room({ number: 'INC-1', title: 'Checkout is down' });
  const page = await open();
  await page.goto('/i/INC-1');
  await box(page).fill('one');
  await box(page).press('Enter');
  await log(page).getByText('· Sent').waitFor();
  await page.route('**/api/v1/incidents/*/commands', (route) => route.abort());
  for (const words of ['two', 'three']) {
    await box(page).fill(words);
    await box(page).press('Enter');
  }
  await log(page).getByText('Waiting to send').nth(1).waitFor();
  await box(page).fill('a draft');
  await page.reload();
  await log(page).getByText('Waiting to send').nth(1).waitFor();
  assert.equal(await box(page).inputValue(), 'a draft');
  await page.unroute('**/api/v1/incidents/*/commands');
  await page.waitForFunction(() => !document.body.textContent.includes('Waiting to send'));
  assert.deepEqual(
    room.events.filter((event) => event.type === 'message.posted').map((event) => event.data.text),
    ['one', 'two', 'three'],
  );
  assert.equal(base.startsWith('http'), true);
});

check('says when the connection is lost and comes back by itself', async ({ open, server }) => {
  const room = server.room({ number: 'INC-1', title: 'Checkout is down' });
  const page = await open();
  await page.goto('/i/INC-1');
  await box(page).waitFor();
  await page.context().setOffline(true);
  await page.getByText(/You are offline since \d\d:\d\d\. What you write goes out when the connection is back\./).waitFor();
  server.append(room, 'message.posted', { text: 'said meanwhile' }, { by: people.bo });
  await box(page).fill('written offline');
  await box(page).press('Enter');
  await page.context().setOffline(false);
  await log(page).getByText('said meanwhile').waitFor();
  await page.getByText('You are offline').waitFor({ state: 'detached' });
  await log(page).getByText('· Sent').waitFor();
});

check('shows why a message was refused, lets the next one pass, and sends it again on request', async ({ open, server }) => {
  server.room({ number: 'INC-1', title: 'Checkout is down' });
  const page = await open();
  await page.goto('/i/INC-1');
  for (const words of ['refuse me', 'fine']) {
    await box(page).fill(words);
    await box(page).press('Enter');
  }
  await log(page).getByText('Not sent: This room takes no more messages.').waitFor();
  await log(page).getByText('· Sent').waitFor();
  await log(page).getByRole('button', { name: 'Discard' }).click();
  await log(page).getByText('refuse me').waitFor({ state: 'detached' });
});

check('says how far a message came: sent, waiting for Slack, in Slack too', async ({ open, server }) => {
  const { after } = scenes(server);
  const page = await open();
  await page.goto('/i/INC-248');
  await box(page).fill('how far?');
  await box(page).press('Enter');
  const own = log(page).getByRole('article').filter({ hasText: 'how far?' });
  await own.getByText('· Sent').waitFor();
  server.mirrors(after, [{ ...after.mirrors[0], state: 'parked', since: new Date().toISOString(), waiting: [after.events.at(-1).id] }]);
  await own.getByText('Waiting for Slack').waitFor();
  await page
    .getByText(/Slack is not answering since/)
    .first()
    .waitFor();
  server.mirrors(after, [{ ...after.mirrors[0], state: 'catching-up' }]);
  await page.getByText('Slack is back. Catching up…').waitFor();
  server.mirrors(after, [{ ...after.mirrors[0], state: 'open', waiting: [] }]);
  await own.getByText('In Slack too').waitFor();
});

check('says "in Slack too" also when Slack was so fast that nothing was told of it', async ({ open, server }) => {
  scenes(server);
  const page = await open();
  await page.goto('/i/INC-248');
  await box(page).fill('how far?');
  await box(page).press('Enter');
  await log(page).getByRole('article').filter({ hasText: 'how far?' }).getByText('In Slack too').waitFor();
});

check('does not jump while someone reads further up, and counts what is new', async ({ open, server }) => {
  const room = server.room({ number: 'INC-1', title: 'Checkout is down' });
  for (let i = 0; i < 80; i += 1) server.append(room, 'message.posted', { text: `line ${i}` }, { by: people.bo });
  const page = await open();
  await page.goto('/i/INC-1');
  await log(page).getByText('line 79').waitFor();
  await log(page).evaluate((list) => (list.scrollTop = 1000));
  await page.waitForTimeout(100);
  const topOf = () =>
    log(page)
      .getByText('line 25', { exact: true })
      .evaluate((row) => row.getBoundingClientRect().top);
  const before = await topOf();
  const early = new Date(Date.now() - 3_600_000).toISOString();
  for (let i = 0; i < 5; i += 1)
    server.append(room, 'message.posted', { text: `late ${i}` }, { by: people.cy, displayAt: early, late: true });
  await page.getByRole('button', { name: '5 new' }).waitFor();
  assert.ok(Math.abs((await topOf()) - before) < 2, 'the list jumped');
  await page.getByRole('button', { name: '5 new' }).click();
  await page.getByRole('button', { name: '5 new' }).waitFor({ state: 'detached' });
});

check('marks what is new since one left', async ({ open, server }) => {
  const room = server.room({ number: 'INC-1', title: 'Checkout is down' });
  const page = await open();
  await page.goto('/i/INC-1');
  await log(page).getByText('Declared').waitFor();
  await page.getByRole('link', { name: 'All incidents' }).click();
  server.append(room, 'message.posted', { text: 'after you left' }, { by: people.bo });
  await page.getByRole('link', { name: /INC-1/ }).click();
  await log(page)
    .getByText(/New since you left at \d\d:\d\d/)
    .waitFor();
});

check('suggests commands and shows the answer to the sender alone', async ({ open, server }) => {
  const room = server.room({ number: 'INC-1', title: 'Checkout is down' });
  const page = await open();
  await page.goto('/i/INC-1');
  await box(page).pressSequentially('/he');
  await page.getByRole('option', { name: /\/help/ }).waitFor();
  await box(page).press('Enter');
  await box(page).press('Enter');
  await page.getByRole('article', { name: 'Only you see this' }).getByText('Write /severity').waitFor();
  assert.equal(room.events.length, 1);
  await page.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('article', { name: 'Only you see this' }).waitFor({ state: 'detached' });
});

check('keeps what was typed in the declare dialog, and declares once though the first answer is lost', async ({ open, server }) => {
  const page = await open();
  await page.goto('/');
  await page.getByRole('button', { name: 'Declare' }).click();
  await page.getByLabel('What is broken?').fill('Search is slow');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Declare' }).click();
  assert.equal(await page.getByLabel('What is broken?').inputValue(), 'Search is slow');
  await page.route(
    '**/api/v1/incidents',
    async (route) => {
      await route.fetch();
      await route.abort();
    },
    { times: 1 },
  );
  await page.getByRole('dialog').getByRole('button', { name: 'Declare' }).click();
  await page.getByText('it is not known whether').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Declare' }).click();
  await page.waitForURL('**/i/INC-1');
  assert.equal(server.rooms.size, 1);
});

check('leads through practice in order', async ({ open, server }) => {
  scenes(server);
  const { practice } = server.hooks;
  const next = { 'say-something': 'break', break: 'broken', 'bring-back': 'done' };
  server.hooks.onStep = (step) => {
    practice.step = next[step];
    if (step === 'bring-back')
      practice.exchanged = {
        fromChat: 7,
        fromHere: 5,
        lost: 0,
        twice: 0,
        unrecovered: 1,
        sentence: '7 from Slack and 5 from here exchanged. 0 lost, 0 twice. 1 button press could not be recovered.',
      };
  };
  const page = await open();
  await page.goto('/practice/p1');
  for (const name of ['Say something', 'Break Slack', 'Bring it back']) {
    const button = page.getByRole('button', { name });
    await button.and(page.locator(':enabled')).click();
    await button.and(page.locator(':disabled')).waitFor();
  }
  await page.getByText('0 lost, 0 twice.').waitFor();
  await page.getByRole('link', { name: 'Connect Slack' }).waitFor();
  await page.getByRole('button', { name: 'Declare a real one' }).click();
  await page.getByRole('dialog', { name: 'Declare an incident' }).waitFor();
  assert.equal(await page.locator('iframe[title="Pretend Slack"]').count(), 1);
});

check('says that one is signed out', async ({ open, server }) => {
  server.room({ number: 'INC-1', title: 'Checkout is down' });
  const page = await open();
  await page.goto('/i/INC-1');
  await box(page).waitFor();
  server.hooks.signedIn = false;
  await box(page).fill('kept');
  await box(page).press('Enter');
  await page.getByText('You are signed out.').waitFor();
  await page.goto('/');
  await page.getByRole('link', { name: 'Sign in' }).waitFor();
});

let failed = 0;
for (const { name, run } of checks) {
  const server = mock();
  const base = await server.listen();
  const contexts = [];
  const said = [];
  const open = async (options = {}) => {
    const context = await browser.newContext({ baseURL: base, viewport: { width: 1280, height: 800 }, ...options });
    contexts.push(context);
    context.setDefaultTimeout(8_000);
    const page = await context.newPage();
    page.on('console', (message) => /Content Security Policy|React|Maximum update/.test(message.text()) && said.push(message.text()));
    page.on('pageerror', (error) => said.push(error.message));
    page.on('request', (request) => new URL(request.url()).host !== new URL(base).host && said.push(`outside: ${request.url()}`));
    return page;
  };
  try {
    await run({ open, server, base });
    assert.deepEqual(said, []);
    console.log(`ok   ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAIL ${name}\n     ${String(error.message).split('\n').slice(0, 12).join('\n     ')}`);
    await contexts[0]
      ?.pages()[0]
      ?.screenshot({ path: `/tmp/war-room-failed-${failed}.png` })
      .catch(() => undefined);
  } finally {
    for (const context of contexts) await context.close();
    await server.close();
  }
}
await browser.close();
console.log(`${checks.length - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
