/** Slack's text and rich text, turned into nodes. */
export const words = String.raw`
const EMOJI = { '+1': '👍', thumbsup: '👍', eyes: '👀', white_check_mark: '✅', fire: '🔥', rotating_light: '🚨', warning: '⚠️', tada: '🎉', heart: '❤️', x: '❌', bell: '🔔', pushpin: '📌', memo: '📝', large_green_circle: '🟢', large_yellow_circle: '🟡', large_orange_circle: '🟠', red_circle: '🔴', hourglass: '⌛', lock: '🔒', wave: '👋', pray: '🙏', raised_hands: '🙌', no_entry: '⛔', mega: '📣', zap: '⚡', hammer_and_wrench: '🛠️', arrow_right: '➡️', link: '🔗', clock1: '🕐', star: '⭐' };
const emoji = (name) => EMOJI[name] || ':' + name + ':';
const unescapeText = (text) => text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
const personName = (id) => (state.names[id] ? '@' + state.names[id] : '@' + id);
const channelName = (id) => '#' + (state.channelNames[id] || id);
const mention = (text) => el('span', { class: 'mention' }, text);

const INLINE = /\x60\x60\x60([^]+?)\x60\x60\x60|\x60([^\x60\n]+)\x60|<([^<>\n]+)>|(?<![\w*])\*([^*\n]+)\*(?![\w*])|(?<![\w_])_([^_\n]+)_(?![\w_])|(?<![\w~])~([^~\n]+)~(?![\w~])|(?<![\w:]):([a-z0-9_+-]+):(?![\w:])|\n|(https?:\/\/[^\s<>|]+[^\s<>|.,;:!?)'"])/g;

function mrkdwn(text) {
  const out = [];
  let from = 0;
  for (const m of text.matchAll(INLINE)) {
    out.push(unescapeText(text.slice(from, m.index)));
    from = m.index + m[0].length;
    if (m[1] !== undefined) out.push(el('pre', {}, unescapeText(m[1].replace(/^\n/, ''))));
    else if (m[2] !== undefined) out.push(el('code', {}, unescapeText(m[2])));
    else if (m[3] !== undefined) out.push(control(m[3]));
    else if (m[4] !== undefined) out.push(el('strong', {}, mrkdwn(m[4])));
    else if (m[5] !== undefined) out.push(el('em', {}, mrkdwn(m[5])));
    else if (m[6] !== undefined) out.push(el('s', {}, mrkdwn(m[6])));
    else if (m[7] !== undefined) out.push(emoji(m[7]));
    else if (m[8] !== undefined) out.push(link(unescapeText(m[8])));
    else out.push(el('br'));
  }
  out.push(unescapeText(text.slice(from)));
  return out;
}

function control(inside) {
  const [what, label] = inside.split(/\|(.*)/s);
  if (what.startsWith('@')) return mention(personName(what.slice(1)));
  if (what.startsWith('#')) return mention(channelName(what.slice(1)));
  if (what.startsWith('!date^')) return dateWords(what, label);
  if (what.startsWith('!')) return mention(label || '@' + what.slice(1).split('^')[0]);
  return link(unescapeText(what), label === undefined ? undefined : unescapeText(label));
}

function dateWords(what, fallback) {
  const [, seconds, format] = what.split('^');
  return dateAs(seconds, format || '', unescapeText(fallback || ''));
}

/** Always of 24 hours, as in the war room: both sides of an outage are read beside each other. */
const clock = (at) => at.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

/** Slack fills a format in for whoever reads it; here a clock is told from everything else. */
function dateAs(seconds, format, fallback) {
  const at = new Date(Number(seconds) * 1000);
  if (Number.isNaN(at.getTime())) return fallback;
  const words = /^\{time/.test(format) ? clock(at) : at.toLocaleDateString([], { dateStyle: 'medium' }) + ', ' + clock(at);
  return el('time', { datetime: at.toISOString(), title: at.toISOString() }, words);
}

/** mrkdwn with quoted lines. */
function prose(text) {
  const out = [];
  for (const part of text.split(/((?:^&gt; ?.*(?:\n|$))+)/m)) {
    if (/^&gt;/.test(part)) out.push(el('blockquote', {}, mrkdwn(part.replace(/^&gt; ?/gm, '').replace(/\n$/, ''))));
    else if (part) out.push(...mrkdwn(part));
  }
  return out;
}

function textObject(object) {
  if (!object) return '';
  return object.type === 'mrkdwn' ? prose(object.text) : plainWords(object.text);
}

function plainWords(text) {
  return text.split('\n').flatMap((line, i) => (i ? [el('br'), withEmoji(line)] : [withEmoji(line)]));
}
const withEmoji = (text) => text.replace(/(?<![\w:]):([a-z0-9_+-]+):(?![\w:])/g, (_, name) => emoji(name));

function styled(node, style) {
  let out = node;
  for (const [name, tag] of [['code', 'code'], ['bold', 'strong'], ['italic', 'em'], ['strike', 's']]) if (style && style[name]) out = el(tag, {}, out);
  return out;
}

function richInline(e) {
  if (e.type === 'text') return styled(el('span', {}, e.text.split('\n').flatMap((l, i) => (i ? [el('br'), l] : [l]))), e.style);
  if (e.type === 'user') return mention(personName(e.user_id));
  if (e.type === 'channel') return mention(channelName(e.channel_id));
  if (e.type === 'broadcast') return mention('@' + e.range);
  if (e.type === 'emoji') return emoji(e.name);
  if (e.type === 'link') return styled(link(e.url, e.text), e.style);
  if (e.type === 'date') return styled(dateAs(e.timestamp, e.format, e.fallback || ''), e.style);
  return String(e.text || '');
}

function rich(e) {
  const inside = () => (e.elements || []).map(richInline);
  if (e.type === 'rich_text_preformatted') return el('pre', {}, inside());
  if (e.type === 'rich_text_quote') return el('blockquote', {}, inside());
  if (e.type === 'rich_text_list') return el(e.style === 'ordered' ? 'ol' : 'ul', {}, (e.elements || []).map((item) => el('li', {}, rich(item))));
  return el('span', {}, inside());
}
`;
