/** What the page knows, how it hears of changes, and what a person can do. */
export const main = String.raw`
let state;
let fresh = true;
let replying;
let editing;
let asking = 0;
const seen = {};
const query = new URLSearchParams(location.search);

async function refresh() {
  const mine = ++asking;
  const now = await ask('state?' + query).catch(() => undefined);
  if (mine !== asking || !now) return;
  state = now;
  draw();
}

function draw() {
  $('team').textContent = state.team;
  if ($('broken').textContent !== state.broken) $('broken').textContent = state.broken;
  drawPeople();
  drawChannels();
  const { channel } = state;
  document.title = '#' + channel.name + ' – Pretend Slack';
  $('room').textContent = '# ' + channel.name;
  $('log').setAttribute('aria-label', 'Messages in ' + channel.name);
  $('topic').replaceChildren(...(channel.topic ? mrkdwn(channel.topic) : []));
  $('bookmarks').replaceChildren(...channel.bookmarks.map((b) => link(b.link, b.title)));
  drawComposer(channel);
  drawLog();
  drawModal();
}

function drawPeople() {
  const people = state.people.filter((p) => !p.bot);
  const said = JSON.stringify(people) + state.me.id;
  if ($('me').dataset.said === said) return;
  $('me').dataset.said = said;
  $('me').replaceChildren(...people.map((p) => el('option', { value: p.id, selected: p.id === state.me.id }, p.realName)));
}

function drawChannels() {
  const list = state.channels.filter((c) => !c.archived || c.id === state.channel.id);
  seen[state.channel.id] = state.channel.lastTs;
  const focused = document.activeElement && document.activeElement.dataset.channel;
  $('channels').replaceChildren(...list.map((c) => {
    const current = c.id === state.channel.id;
    const isNew = !current && c.member && c.lastTs && c.lastTs > (seen[c.id] || '');
    if (!(c.id in seen)) seen[c.id] = c.lastTs;
    const to = new URLSearchParams({ as: state.me.id, channel: c.id });
    return el('li', {}, el('a', { href: '?' + to, class: isNew ? 'new' : undefined, 'data-channel': c.id, 'aria-current': current ? 'page' : undefined, onclick: (event) => { event.preventDefault(); go({ channel: c.id }); } }, (c.private ? '🔒 ' : '# ') + c.name, isNew && el('span', { class: 'only' }, ' (new)')));
  }));
  if (focused) [...$('channels').querySelectorAll('a')].find((a) => a.dataset.channel === focused)?.focus();
}

function drawComposer(channel) {
  const open = channel.member && !channel.archived;
  $('composer').hidden = !open;
  $('outside').hidden = open;
  $('outside-why').textContent = channel.archived ? 'This channel is archived.' : 'You are not in #' + channel.name + '.';
  $('join').hidden = channel.archived;
  $('text-label').textContent = editing ? 'Edit your message' : replying ? 'Reply in thread' : 'Message #' + channel.name;
  $('replying').hidden = !replying && !editing;
  $('replying-to').textContent = editing ? 'Changing a message.' : replying ? 'Replying to ' + replying.author + ': ' + replying.text.slice(0, 60) : '';
}

function go(to) {
  for (const [name, value] of Object.entries(to)) query.set(name, value);
  history.pushState(null, '', '?' + query);
  leaveModes();
  fresh = true;
  $('notice').textContent = '';
  tellFrame();
  return refresh();
}

/** Whoever frames this page may show what belongs to the channel beside it, and may ask for another channel. */
function tellFrame() {
  if (parent !== window) parent.postMessage({ pretendChat: 'at', room: query.get('channel') }, location.origin);
}
addEventListener('message', ({ origin, source, data }) => {
  if (origin !== location.origin || source !== parent || !data || data.pretendChat !== 'go') return;
  if (String(data.room) !== query.get('channel')) go({ channel: String(data.room) });
});

/** One gesture: says what went wrong, then shows what is. */
async function act(path, body, failed) {
  const result = await ask(path, { as: state.me.id, channel: state.channel.id, ...body }).catch(() => ({ error: 'The pretend Slack cannot be reached. Try again.' }));
  if (result.error && failed) failed();
  $('notice').textContent = result.error && !result.toldInChannel ? result.error : '';
  await refresh();
  return result;
}

function replyTo(m) {
  editing = undefined;
  replying = { ts: m.threadTs || m.ts, author: m.author, text: m.text };
  drawComposer(state.channel);
  $('text').focus();
}

function edit(m) {
  replying = undefined;
  editing = m;
  $('text').value = unescapeText(m.text.replace(/<@(\w+)>/g, (_, id) => personName(id)).replace(/<#(\w+)\|[^>]*>/g, (_, id) => channelName(id)).replace(/<!(\w+)>/g, '@$1').replace(/<([^<>|]+)>/g, '$1'));
  drawComposer(state.channel);
  $('text').focus();
}

function leaveModes() {
  replying = editing = undefined;
  if (state) drawComposer(state.channel);
}

async function send() {
  const box = $('text');
  const text = box.value.trim();
  if (!text) return;
  const command = /^\/(\S+)\s*([^]*)$/.exec(text);
  if (command && (replying || editing)) {
    $('notice').textContent = 'Commands do not work in threads. Write to the channel instead.';
    return;
  }
  box.value = '';
  // What could not be sent stays with the person.
  const failed = () => { if (box.value === '') box.value = text; };
  const result = editing ? await act('edit', { ts: editing.ts, text }, failed) : command ? await act('command', { command: '/' + command[1], text: command[2] }, failed) : await act('say', { text, threadTs: replying && replying.ts }, failed);
  if (!result.error) editing = undefined;
  drawComposer(state.channel);
  $('log').scrollTop = $('log').scrollHeight;
}

$('composer').addEventListener('submit', (event) => { event.preventDefault(); send(); });
$('text').addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) { event.preventDefault(); send(); }
  if (event.key === 'Escape') { if (editing) $('text').value = ''; leaveModes(); }
});
$('stop-replying').addEventListener('click', () => { if (editing) $('text').value = ''; leaveModes(); $('text').focus(); });
$('join').addEventListener('click', () => act('join', {}));
$('me').addEventListener('change', () => go({ as: $('me').value }));
addEventListener('popstate', () => { const now = new URLSearchParams(location.search); for (const name of ['as', 'channel']) now.has(name) ? query.set(name, now.get(name)) : query.delete(name); fresh = true; tellFrame(); refresh(); });

/** EventSource comes back by itself after most losses; after a refusal, or when the stream falls silent, we open it again. */
function listen() {
  const stream = new EventSource('./ui/stream');
  let due;
  let watch;
  const again = () => { clearTimeout(watch); stream.close(); setTimeout(listen, 1000); };
  const lost = () => { $('connection').textContent = 'Connection lost. Trying again…'; };
  const heard = () => { clearTimeout(watch); watch = setTimeout(() => { lost(); again(); }, 5000); };
  stream.onopen = () => { $('connection').textContent = ''; heard(); refresh(); };
  stream.addEventListener('here', heard);
  stream.onmessage = () => { heard(); if (!due) due = setTimeout(() => { due = undefined; refresh(); }, 30); };
  stream.onerror = () => { lost(); if (stream.readyState === EventSource.CLOSED) again(); };
}

/** Whoever reads the newest goes on reading it when the window changes its size. */
function keepTheEndInSight() {
  const log = $('log');
  let atEnd = true;
  log.addEventListener('scroll', () => { atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 60; });
  new ResizeObserver(() => { if (atEnd) log.scrollTop = log.scrollHeight; }).observe(log);
}
keepTheEndInSight();
refresh();
listen();
`;
