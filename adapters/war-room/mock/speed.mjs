// From key to paint in the message box, on a processor slowed four times, while ten messages a second arrive.
import { mock, people } from './server.mjs';
import { openBrowser } from './browser.mjs';

const KEYS = 120;
const server = mock();
const room = server.room({ number: 'INC-1', title: 'Checkout is down' });
for (let i = 0; i < 400; i += 1)
  server.append(room, 'message.posted', { text: `line ${i}, with some words to lay out` }, { by: people.bo });
const base = await server.listen();
const browser = await openBrowser();
const page = await browser.newPage();
await page.goto(`${base}/i/INC-1`);
await page.getByText('line 399').waitFor();
const devtools = await page.context().newCDPSession(page);
await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 });
await page.evaluate(() => {
  window.waits = [];
  addEventListener(
    'keydown',
    (event) => requestAnimationFrame(() => setTimeout(() => window.waits.push(performance.now() - event.timeStamp))),
    true,
  );
});
const talk = setInterval(() => server.append(room, 'message.posted', { text: 'meanwhile' }, { by: people.cy }), 100);
await page.getByRole('textbox', { name: 'Message' }).click();
for (let i = 0; i < KEYS; i += 1) {
  await page.keyboard.press('abcdefgh '[i % 9]);
  await page.waitForTimeout(40);
}
clearInterval(talk);
const waits = (await page.evaluate(() => window.waits)).sort((a, b) => a - b);
const at = (share) => waits[Math.floor(waits.length * share)].toFixed(0);
console.log(`key to paint: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms (bar 100), of ${waits.length} keys`);
await browser.close();
await server.close();
