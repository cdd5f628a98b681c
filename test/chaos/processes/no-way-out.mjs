// Loaded before a process of Muster (--import): watches every way out of it, and closes them. PostgreSQL at NO_WAY_OUT_BUT
// (host:port) is let through; the rest of this machine is too, while there is no file NO_WAY_OUT_CUT. What is closed never
// answers, as a line that swallows everything. Each try is a line of the file NO_WAY_OUT_SEEN, with the request it was made for.
import { AsyncLocalStorage } from 'node:async_hooks';
import dns from 'node:dns';
import { appendFileSync, existsSync } from 'node:fs';
import http from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';

const { NO_WAY_OUT_BUT: BUT, NO_WAY_OUT_CUT: CUT, NO_WAY_OUT_SEEN: SEEN } = process.env;
const HERE = new Set(['127.0.0.1', 'localhost', '::1']);

const requests = new AsyncLocalStorage();
const open = new Set();
const isCut = () => existsSync(CUT);

function seen(how, host, port) {
  appendFileSync(SEEN, `${JSON.stringify({ how, host, port, request: requests.getStore() ?? null, cut: isCut(), at: Date.now() })}\n`);
}

/** Everything that is done for a request, however long afterwards, is known by it. */
const { emit } = http.Server.prototype;
http.Server.prototype.emit = function (event, request, ...more) {
  const go = () => Reflect.apply(emit, this, [event, request, ...more]);
  return event === 'request' ? requests.run(`${request.method} ${request.url}`, go) : go();
};

const { connect } = net.Socket.prototype;
net.Socket.prototype.connect = function (...given) {
  const { host = 'localhost', port, path } = targetOf(given);
  if (path || `${host}:${port}` === BUT) return Reflect.apply(connect, this, given);
  seen('connect', host, Number(port));
  if (HERE.has(host) && !isCut()) {
    open.add(this);
    this.once('close', () => open.delete(this));
    return Reflect.apply(connect, this, given);
  }
  this.connecting = true;
  return this;
};

function targetOf([first, second]) {
  if (Array.isArray(first)) return first[0];
  return typeof first === 'object' ? first : { port: first, host: typeof second === 'string' ? second : undefined };
}

// Lines that were open when the way was closed are gone.
setInterval(() => {
  if (isCut()) for (const socket of open) socket.destroy();
}, 20).unref();

const { lookup } = dns;
const { lookup: lookupSoon } = dns.promises;
dns.lookup = (name, ...more) => {
  if (HERE.has(name)) return lookup(name, ...more);
  seen('lookup', name, null);
};
dns.promises.lookup = (name, ...more) => {
  if (HERE.has(name)) return lookupSoon(name, ...more);
  seen('lookup', name, null);
  return new Promise(() => {});
};
for (const name of Object.keys(dns).filter((key) => key.startsWith('resolve'))) {
  dns[name] = (asked) => seen(name, asked, null);
  dns.promises[name] = (asked) => {
    seen(name, asked, null);
    return new Promise(() => {});
  };
}
syncBuiltinESMExports();
