/** The list of messages. Each message is drawn anew only when it has changed, so that a reader's place and a keyboard's focus stay. */
export const messages = String.raw`
const drawn = new Map();

function drawLog() {
  const log = $('log');
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 60;
  const focus = focusIn(log);
  const nodes = state.messages.map((m) => keep(m));
  for (const key of drawn.keys()) if (!state.messages.some((m) => m.key === key)) drawn.delete(key);
  nodes.forEach((node, i) => { if (log.children[i] !== node) log.insertBefore(node, log.children[i] || null); });
  while (log.children.length > nodes.length) log.lastElementChild.remove();
  if (focus) restoreFocus(log, focus);
  if (atEnd || fresh) log.scrollTop = log.scrollHeight;
  fresh = false;
}

function keep(m) {
  const said = JSON.stringify(m);
  const before = drawn.get(m.key);
  if (before && before.said === said) return before.node;
  const node = message(m);
  if (before) before.node.replaceWith(node);
  drawn.set(m.key, { said, node });
  return node;
}

function focusIn(log) {
  const active = document.activeElement;
  const at = log.contains(active) && active.closest('.message');
  return at && { key: at.dataset.key, action: active.dataset.action };
}

function restoreFocus(log, { key, action }) {
  if (log.contains(document.activeElement)) return;
  const at = [...log.querySelectorAll('.message')].find((n) => n.dataset.key === key);
  const same = at && [...at.querySelectorAll('[data-action]')].find((n) => n.dataset.action === action);
  (same || log).focus({ preventScroll: true });
}

function message(m) {
  const body = bodyOf(m);
  const head = el('p', {}, el('span', { class: 'who' }, m.author), ' ', m.app && [el('span', { class: 'app' }, 'APP'), ' '], when(m.ts), m.private && [' ', el('span', { class: 'only' }, 'Only visible to you')], m.pinned && [' ', el('span', { class: 'only' }, '📌 Pinned')]);
  const node = el('article', { class: 'message' + (m.private ? ' private' : ''), 'data-key': m.key, 'aria-label': m.author + (m.app ? ', app' : '') }, tools(m), head, body, files(m), m.edited && el('span', { class: 'edited' }, '(edited)'), reactions(m));
  if (!m.replies || !m.replies.length) return node;
  return el('div', { 'data-key': m.key }, node, el('div', { class: 'replies', role: 'group', 'aria-label': 'Replies to ' + m.author }, m.replies.map(message)));
}

function bodyOf(m) {
  const shown = (m.blocks || []).filter((b) => b.type !== 'input');
  if (shown.length) return el('div', {}, shown.map((b) => block(b, (action, value, by) => press(m, action, value, by))));
  return el('p', { class: m.subtype && /^(channel|group)_|tombstone/.test(m.subtype) ? 'joined' : '' }, prose(m.text));
}

function files(m) {
  if (!m.files) return undefined;
  return el('ul', { class: 'files', 'aria-label': 'Files' }, m.files.map((f) => el('li', {},
    f.picture !== undefined && el('img', { src: f.href, alt: f.picture }),
    el('span', {}, f.href ? el('a', { href: f.href, target: '_blank', rel: 'noopener noreferrer' }, f.name) : f.name, f.size && el('span', { class: 'only' }, ' (' + f.size + ')'), f.why && ' ' + f.why))));
}

function when(ts) {
  const at = new Date(Number(ts) * 1000);
  const today = at.toDateString() === new Date().toDateString();
  return el('time', { class: 'when', datetime: at.toISOString(), title: at.toLocaleDateString() + ' ' + clock(at) }, clock(at) + (today ? '' : ', ' + at.toLocaleDateString()));
}

function tools(m) {
  if (m.private || m.subtype || !state.channel.member || state.channel.archived) return undefined;
  const quiet = (label, act) => el('button', { type: 'button', class: 'quiet', 'data-action': 'tool:' + label, 'aria-label': label + ' (message of ' + m.author + ')', onclick: act }, label);
  const mine = m.user === state.me.id && !m.app;
  return el('div', { class: 'tools' },
    quiet('Reply', () => replyTo(m)), quiet('👀', () => react(m, 'eyes')), quiet('✅', () => react(m, 'white_check_mark')), quiet('Pin', () => act('pin', { ts: m.ts, on: !m.pinned })),
    state.shortcuts.map((s) => quiet(s.name, () => act('shortcut', { ts: m.ts, actionId: s.callbackId }))),
    mine && quiet('Edit', () => edit(m)), mine && quiet('Delete', () => act('remove', { ts: m.ts })));
}

function reactions(m) {
  if (!m.reactions || !m.reactions.length) return undefined;
  return el('div', { class: 'reactions' }, m.reactions.map((r) => el('button', { type: 'button', 'data-action': 'reaction:' + r.name, 'aria-pressed': r.users.includes(state.me.id) ? 'true' : 'false', 'aria-label': r.name + ', ' + r.count, onclick: () => react(m, r.name) }, emoji(r.name) + ' ' + r.count)));
}

function react(m, name) {
  const has = (m.reactions || []).some((r) => r.name === name && r.users.includes(state.me.id));
  return act('react', { ts: m.ts, name, on: !has });
}

async function press(m, actionId, value, by) {
  if (by) by.setAttribute('aria-busy', 'true');
  await act('press', { ts: m.ts, actionId, value });
  if (by) by.removeAttribute('aria-busy');
}
`;
