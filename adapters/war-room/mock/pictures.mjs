// Pictures of every screen at four widths in both themes, into the folder given: node pictures.mjs <folder> [screen …]
import { mkdirSync } from 'node:fs';
import { mock } from './server.mjs';
import { scenes } from './scenes.mjs';
import { openBrowser } from './browser.mjs';

const [folder = 'pictures', ...only] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const server = mock();
scenes(server);
const base = await server.listen();
const browser = await openBrowser();

const screens = {
  home: { path: '/' },
  room: { path: '/i/INC-247' },
  after: { path: '/i/INC-248' },
  declare: { path: '/', act: (page) => page.keyboard.press('c') },
  resolve: { path: '/i/INC-247', act: (page) => page.getByRole('button', { name: 'Resolve' }).click() },
  severity: { path: '/i/INC-247', act: (page) => page.getByRole('button', { name: 'SEV1, change severity' }).click() },
  help: { path: '/i/INC-247', act: (page) => page.keyboard.press('?') },
  slash: { path: '/i/INC-247', act: (page) => page.getByLabel('Message', { exact: true }).fill('/s') },
  details: {
    path: '/i/INC-247',
    act: (page, width) => width < 1100 && page.getByRole('button', { name: 'Details' }).and(page.locator(':visible')).click(),
    dialog: false,
  },
  timeline: {
    path: '/i/INC-247',
    act: (page, width) => width < 760 && page.getByRole('navigation').getByRole('button', { name: 'Timeline' }).click(),
    dialog: false,
  },
  lost: { path: '/i/INC-248', act: (page) => page.context().setOffline(true), dialog: false },
  practice: { path: '/practice/p1' },
};
try {
  for (const scheme of ['dark', 'light']) {
    for (const [width, height] of [
      [320, 640],
      [390, 844],
      [768, 1024],
      [1440, 900],
    ]) {
      const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme, hasTouch: width < 760 });
      for (const [name, { path, act, dialog = true }] of Object.entries(screens)) {
        if (only.length > 0 && !only.includes(name)) continue;
        const page = await context.newPage();
        page.on('console', (message) => ['error', 'warning'].includes(message.type()) && console.log(name, width, message.text()));
        await page.goto(base + path);
        await page.getByRole('heading').first().waitFor();
        await page.waitForTimeout(250);
        if (act) {
          await act(page, width);
          if (dialog) await page.getByRole('dialog').or(page.getByRole('listbox')).first().waitFor();
          // On touch screens React Aria holds a dialog with a text field back until the keyboard would be open.
          await page.waitForTimeout(dialog ? 900 : 250);
        }
        const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        if (sideways > 0) console.log(`${name} ${width} scrolls sideways by ${sideways}`);
        await page.screenshot({ path: `${folder}/${name}-${width}-${scheme}.png` });
        await context.setOffline(false);
        await page.close();
      }
      await context.close();
    }
  }
} finally {
  await browser.close();
  await server.close();
}
