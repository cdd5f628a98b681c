/** What the page knows, how it hears of changes, and what a person can do. */
export const main = String.raw`
let state;
let fresh = true;
let editing;
let asking = 0;
const THREAD = ';messageid=';
const query = new URLSearchParams(location.search);
const drawn = new Map();

async function refresh() {
  const mine = ++asking;
  const now = await ask('state?' + query).catch(() => undefined);
  if (mine !== asking) return;
  const connection = now ? '' : 'Connection lost. Trying again…';
  if ($('connection').textContent !== connection) $('connection').textContent = connection;
  if (!now) return;
  state = now;
  draw();
}

function draw() {
  if ($('broken').textContent !== state.broken) $('broken').textContent = state.broken;
  const channel = state.channels.find((c) => c.id === state.channel) || { name: 'no channel' };
  const thread = state.threads.find((t) => t.id === state.thread);
  const place = thread ? thread.title : '# ' + channel.name;
  document.title = place + ' – Pretend Teams';
  $('place').textContent = place;
  $('back').hidden = !thread;
  $('back').firstChild.href = '?' + new URLSearchParams({ as: state.me, room: state.channel });
  $('log').setAttribute('aria-label', 'Messages in ' + place);
  $('text-label').textContent = editing ? 'Edit your message' : thread ? 'Reply' : 'Begin a thread in ' + channel.name;
  drawChoices();
  drawLog();
}

function drawChoices() {
  const said = JSON.stringify([state.people, state.me, state.channels, state.channel]);
  if ($('me').dataset.said === said) return;
  $('me').dataset.said = said;
  $('me').replaceChildren(...state.people.map((name) => el('option', { value: name, selected: name === state.me }, name)));
  $('channels').replaceChildren(...state.channels.map((c) => el('li', {}, el('a', { href: '?' + new URLSearchParams({ as: state.me, room: c.id }), 'aria-current': c.id === state.channel ? 'page' : undefined, onclick: (event) => { event.preventDefault(); go({ room: c.id }); } }, '# ' + c.name))));
}

function drawLog() {
  const log = $('log');
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 60;
  const nodes = state.messages.map(keep);
  for (const [key, { node }] of drawn) if (!nodes.includes(node)) drawn.delete(key);
  nodes.forEach((node, n) => { if (log.children[n] !== node) log.insertBefore(node, log.children[n] || null); });
  while (log.children.length > nodes.length) log.lastElementChild.remove();
  if (atEnd || fresh) log.scrollTop = log.scrollHeight;
  fresh = false;
}

/** A message that reads as before stays the node it was: nobody's place in it is lost. */
function keep(m) {
  const replies = state.thread ? undefined : (state.threads.find((t) => t.id === m.id) || {}).replies;
  const said = JSON.stringify([m, replies, state.me]);
  const before = drawn.get(m.id);
  if (before && before.said === said) return before.node;
  const node = message(m, replies);
  if (before) before.node.replaceWith(node);
  drawn.set(m.id, { said, node });
  return node;
}

function message(m, replies) {
  const mine = m.by === state.me && !m.app;
  const quiet = (label, act) => el('button', { type: 'button', class: 'quiet', 'aria-label': label + ' (message of ' + m.by + ')', onclick: act }, label);
  const at = new Date(m.at);
  return el('article', { class: 'message' + (mine ? ' mine' : ''), 'aria-label': m.by + (m.app ? ', app' : '') },
    mine && el('div', { class: 'tools' }, quiet('Edit', () => edit(m)), quiet('Delete', () => act('remove', { id: m.id }))),
    el('p', {}, el('span', { class: 'who' }, m.by), ' ', m.app && [el('span', { class: 'app' }, 'APP'), ' '], el('time', { class: 'when', datetime: at.toISOString() }, clock(at)), m.edited && el('span', { class: 'when' }, ' (edited)')),
    m.cards ? m.cards.map((card) => el('div', {}, card.body.map((e) => element(e, (a, by) => press(m, a, by))))) : el('p', { class: 'words' }, m.text),
    replies !== undefined && quiet(replies === 0 ? 'Reply in the thread' : 'Open the thread, ' + replies + (replies === 1 ? ' reply' : ' replies'), () => go({ room: state.channel + THREAD + m.id })));
}

async function press(m, action, by) {
  by.setAttribute('aria-busy', 'true');
  await act('press', { id: m.id, action: action.verb || action.data.action });
  by.removeAttribute('aria-busy');
}

/** One gesture: says what came of it, then shows what is. */
async function act(path, body, failed) {
  const result = await ask(path, { as: state.me, room: state.channel, thread: state.thread, ...body }).catch(() => ({ error: 'The pretend Teams cannot be reached. Try again.' }));
  if (result.error && failed) failed();
  $('notice').textContent = result.error || result.words || '';
  if (result.dialog) showDialog(result.dialog);
  await refresh();
  return result;
}

function showDialog({ title, card }) {
  const dialog = $('dialog');
  const close = () => dialog.close();
  let form;
  const send = async (action, by) => {
    if (action.data && action.data.msteams) {
      if (!form.reportValidity()) return;
      by.setAttribute('aria-busy', 'true');
      const result = await act('submit', { data: { ...action.data, ...typedIn(form) } });
      by.removeAttribute('aria-busy');
      if (!result.dialog && !result.error) close();
    }
  };
  form = el('form', {}, el('h2', { id: 'dialog-title' }, title), card.body.map((e) => element(e, send)), el('button', { type: 'button', onclick: close }, 'Cancel'));
  form.addEventListener('submit', (event) => event.preventDefault());
  dialog.replaceChildren(form);
  if (!dialog.open) dialog.showModal();
}

function go(to) {
  for (const [name, value] of Object.entries(to)) query.set(name, value);
  history.pushState(null, '', '?' + query);
  leave();
  fresh = true;
  $('notice').textContent = '';
  tellFrame();
  return refresh();
}

/** Whoever frames this page may show what belongs to the thread beside it, and may ask for another thread. */
function tellFrame() {
  if (parent !== window) parent.postMessage({ pretendChat: 'at', room: query.get('room') }, location.origin);
}
addEventListener('message', ({ origin, source, data }) => {
  if (origin !== location.origin || source !== parent || !data || data.pretendChat !== 'go') return;
  if (String(data.room) !== query.get('room')) go({ room: String(data.room) });
});

function edit(m) {
  editing = m;
  $('text').value = m.text;
  draw();
  $('text').focus();
}

function leave() {
  if (editing) $('text').value = '';
  editing = undefined;
  if (state) draw();
}

async function send() {
  const box = $('text');
  const text = box.value.trim();
  if (!text) return;
  box.value = '';
  // What could not be sent stays with the person.
  const failed = () => { if (box.value === '') box.value = text; };
  const result = await (editing ? act('edit', { id: editing.id, text }, failed) : act('say', { text }, failed));
  if (!result.error) editing = undefined;
  draw();
  $('log').scrollTop = $('log').scrollHeight;
}

$('composer').addEventListener('submit', (event) => { event.preventDefault(); send(); });
$('text').addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) { event.preventDefault(); send(); }
  if (event.key === 'Escape') leave();
});
$('me').addEventListener('change', () => go({ as: $('me').value }));
$('back').firstChild.addEventListener('click', (event) => { event.preventDefault(); go({ room: state.channel }); });
addEventListener('popstate', () => {
  const now = new URLSearchParams(location.search);
  for (const name of ['as', 'room']) now.has(name) ? query.set(name, now.get(name)) : query.delete(name);
  fresh = true;
  tellFrame();
  refresh();
});

/** Asked for again and again, and not told: a browser opens six lines to one host, and two tabs of practice with a stream for each pane would take them all. */
async function look() {
  if (!document.hidden) await refresh();
  setTimeout(look, 500);
}

look();
`;
