// Loaded before a process of Muster, by tests only: certain words end it with SIGKILL, as a fault in a library would.
// Each death is counted in the file that DEATHS names.
import { appendFileSync } from 'node:fs';
import { ReceiveMessage } from '../../../dist/src/rooms/receive-message.js';
import { MirrorFollower } from '../../../dist/src/rooms/mirror-follower.js';

function die(of) {
  appendFileSync(process.env.DEATHS, `${of}\n`);
  process.kill(process.pid, 'SIGKILL');
  return new Promise(() => undefined);
}

const handle = ReceiveMessage.prototype.handle;
ReceiveMessage.prototype.handle = function (tx, item) {
  return JSON.stringify(item.event).includes('deadly to read') ? die('inbox') : handle.call(this, tx, item);
};

const follow = MirrorFollower.prototype.handle;
MirrorFollower.prototype.handle = function (tx, event) {
  return event.type === 'message.posted' && event.data.text.includes('deadly to follow') ? die('follower') : follow.call(this, tx, event);
};

const call = globalThis.fetch;
globalThis.fetch = (address, init) => {
  const said = decodeURIComponent(String(init?.body ?? '').replaceAll('+', ' '));
  return said.includes('deadly to say') ? die('delivery') : call(address, init);
};
