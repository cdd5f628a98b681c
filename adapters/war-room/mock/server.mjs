// A small stand-in for the server, for looking at the page alone: serves dist/web and keeps rooms in memory.
// Not the product: the real server's answers are tested in test/browser. Script hooks: POST /mock/<name> with JSON.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { randomUUID } from 'node:crypto';

const dist = new URL('../../../dist/web/', import.meta.url);
const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
};
const csp =
  "default-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; frame-ancestors 'self'; base-uri 'none'; form-action 'self'";
export const people = {
  ana: { id: 'p-ana', name: 'Ana Ruiz' },
  bo: { id: 'p-bo', name: 'Bo Lindqvist' },
  cy: { id: 'p-cy', name: 'Cy Mbeki' },
  dee: { id: 'p-dee', name: 'Dee Okafor' },
};
const web = { id: 'web', name: 'web' };
const slack = { id: 'slack', name: 'Slack' };

const escape = (text) => text.replace(/[&<>]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c]);
const html = (text) => {
  const [words, code] = escape(text).split('```\n');
  const pre = code === undefined ? '' : `<pre><code>${code.replace(/\n```$/, '')}</code></pre>`;
  return `<p>${words
    .replace(/`([^`]+)`/g, '<code>$1</code>')
    .trim()
    .replaceAll('\n', '<br>')}</p>${pre}`;
};

export function mock() {
  const rooms = new Map();
  const hooks = {
    signedIn: true,
    fail: 0,
    practice: {
      step: 'talk',
      say: 'Say something in the pretend Slack, or press the button.',
      exchanged: null,
      incident: null,
      state: 'ok',
    },
    chats: null,
  };
  const declared = new Map();

  function room({
    number,
    title,
    severity = 'SEV3',
    status = 'investigating',
    summary = null,
    kind = 'standard',
    lead = null,
    by = people.ana,
    at = new Date().toISOString(),
  }) {
    const incident = {
      id: randomUUID(),
      number,
      url: `/i/${number}`,
      title,
      summary,
      kind,
      severity,
      status,
      lead,
      declaredBy: by,
      declaredAt: at,
      resolvedAt: null,
      learned: null,
      seq: 0,
    };
    const made = { incident, people: [by], mirrors: [], events: [], streams: new Set(), answers: new Map() };
    rooms.set(number, made);
    append(made, 'incident.declared', { reference: number, title, severity, status, kind, ...(summary ? { summary } : {}) }, { by, at });
    return made;
  }

  function append(
    to,
    type,
    data,
    { by = null, via = web, at = new Date().toISOString(), displayAt = at, late = false, id = randomUUID() } = {},
  ) {
    const seq = to.events.length + 1;
    if (type === 'message.posted' && data.messageId === undefined) data = { messageId: id, html: html(data.text), ...data };
    const event = { seq, id, at, displayAt, late, by, via, type, data };
    to.events.push(event);
    const { incident } = to;
    incident.seq = seq;
    if (type === 'incident.severity-changed') incident.severity = data.to;
    if (type === 'incident.status-changed') incident.status = data.to;
    if (type === 'incident.lead-changed') incident.lead = data.to;
    if (type === 'incident.resolved') Object.assign(incident, { status: 'resolved', resolvedAt: at, learned: data.learned });
    if (by && !to.people.some((p) => p.id === by.id)) to.people.push(by);
    for (const stream of to.streams) stream.write(`event: room\nid: ${seq}\ndata: ${JSON.stringify(event)}\n\n`);
    return event;
  }

  function mirrors(to, list) {
    to.mirrors = list;
    for (const stream of to.streams) stream.write(`event: mirrors\ndata: ${JSON.stringify(list)}\n\n`);
  }

  function command(to, { id, type, body }) {
    const by = people.ana;
    const { incident } = to;
    const words = type === 'command' ? body.text.split(/\s+/) : [];
    if (words[0] === '/help') return { seq: null, say: 'Write /severity sev1, /status fixing, /lead me or /resolve with one sentence.' };
    if (words[0] === '/severity') return command(to, { id, type: 'severity', body: { to: words[1].toUpperCase() } });
    if (words[0] === '/lead') return command(to, { id, type: 'lead', body: { to: 'me' } });
    if (type === 'command') return { seq: null, say: `There is no command ${words[0]}. Write /help to see what there is.` };
    if (type === 'message') return { seq: append(to, 'message.posted', { text: body.text }, { by, id }).seq };
    if (type === 'severity')
      return { seq: append(to, 'incident.severity-changed', { from: incident.severity, to: body.to, reason: body.reason }, { by }).seq };
    if (type === 'status') return { seq: append(to, 'incident.status-changed', { from: incident.status, to: body.to }, { by }).seq };
    if (type === 'lead')
      return {
        seq: append(
          to,
          'incident.lead-changed',
          { from: incident.lead, to: body.to === 'me' ? by : (to.people.find((p) => p.id === body.to) ?? null) },
          { by },
        ).seq,
      };
    return { seq: append(to, 'incident.resolved', { learned: body.learned }, { by }).seq };
  }

  const practiceView = () => ({
    id: 'p1',
    step: hooks.practice.step,
    say: hooks.practice.say,
    incident: hooks.practice.incident,
    timings: [
      { what: 'Slack is asked whether it answers', here: 'every 2 s', real: 'every 15 s' },
      { what: 'It is called down after', here: '6 s', real: '45 s' },
    ],
    chat: { name: 'Slack', frame: '/pretend/slack/p1', state: hooks.practice.state },
    exchanged: hooks.practice.exchanged,
  });

  const server = createServer(async (request, response) => {
    const url = new URL(request.url, 'http://mock');
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString()) : {};
    const json = (value, status = 200, type = 'application/json') =>
      response.writeHead(status, { 'content-type': type }).end(JSON.stringify(value));
    const no = (status, title, detail) => json({ type: 'about:blank', title, status, detail }, status, 'application/problem+json');

    if (url.pathname.startsWith('/pretend/')) {
      return response
        .writeHead(200, { 'content-type': 'text/html', 'content-security-policy': csp })
        .end(
          '<!doctype html><html lang="en"><title>Pretend Slack</title><main><h1>#inc-drill-1</h1><p>Bo: is anyone else seeing this?</p></main>',
        );
    }
    if (!url.pathname.startsWith('/api/')) {
      const file = extname(url.pathname) ? url.pathname.slice(1) : 'index.html';
      const bytes = await readFile(new URL(file, dist)).catch(() => null);
      if (bytes === null) return response.writeHead(404).end();
      return response
        .writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream', 'content-security-policy': csp })
        .end(bytes);
    }
    if (!hooks.signedIn) return no(401, 'Signed out', 'You are signed out. Sign in and try again.');
    if (request.method === 'POST' && hooks.fail > 0) {
      hooks.fail -= 1;
      return no(503, 'Unavailable', 'Muster cannot reach its database.');
    }
    const [, , , what, ref, part] = url.pathname.split('/');
    if (what === 'me') return json({ person: people.ana, role: 'admin' });
    if (what === 'chats')
      return json({ chats: hooks.chats ?? [{ id: 'slack', name: 'Slack', pretend: false, state: 'ok', since: null, say: 'Answering.' }] });
    if (what === 'practice') {
      if (part === 'steps') hooks.onStep?.(body.do);
      return json(practiceView());
    }
    if (what === 'incidents' && ref === undefined && request.method === 'POST') {
      const key = request.headers['idempotency-key'];
      if (!declared.has(key)) declared.set(key, room({ ...body, number: `INC-${rooms.size + 1}` }));
      return json(declared.get(key).incident, 201);
    }
    if (what === 'incidents' && ref === undefined) {
      const open = url.searchParams.get('open') !== 'false';
      return json({ incidents: [...rooms.values()].map((r) => r.incident).filter((i) => (i.resolvedAt === null) === open) });
    }
    const to = rooms.get(/^\d+$/.test(ref) ? `INC-${ref}` : ref);
    if (to === undefined) return no(404, 'Not found', `There is no incident ${ref}. Look at the list of incidents for its number.`);
    const after = Number(url.searchParams.get('after') ?? 0);
    if (part === 'snapshot') return json({ protocol: 1, incident: to.incident, people: to.people, mirrors: to.mirrors });
    if (part === 'events') {
      const page = to.events.filter((event) => event.seq > after).slice(0, 500);
      return json({ events: page, next: page.at(-1)?.seq ?? after, more: to.events.length > (page.at(-1)?.seq ?? after) });
    }
    if (part === 'stream') {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      response.write(`event: mirrors\ndata: ${JSON.stringify(to.mirrors)}\n\n`);
      for (const event of to.events.filter((event) => event.seq > after))
        response.write(`event: room\nid: ${event.seq}\ndata: ${JSON.stringify(event)}\n\n`);
      to.streams.add(response);
      const ping = setInterval(() => response.write(': ping\n\n'), 15_000);
      response.on('close', () => {
        clearInterval(ping);
        to.streams.delete(response);
      });
      return undefined;
    }
    if (part === 'commands') {
      if (body.body?.text === 'refuse me') return no(422, 'Refused', 'This room takes no more messages. Open a new incident instead.');
      if (!to.answers.has(body.id)) to.answers.set(body.id, command(to, body));
      return json(to.answers.get(body.id));
    }
    return no(404, 'Not found', 'There is no such address.');
  });

  return {
    hooks,
    rooms,
    room,
    append,
    mirrors,
    slack,
    web,
    listen: (port = 0) =>
      new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve(`http://127.0.0.1:${server.address().port}`))),
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
