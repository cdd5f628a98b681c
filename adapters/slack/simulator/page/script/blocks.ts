/** Block Kit, as far as the app may use it: shown as words, buttons and selects. `press` is what a gesture does. */
export const blocks = String.raw`
function block(b, press) {
  if (b.type === 'section') return el('div', { class: 'block section' }, el('div', { class: 'words' }, textObject(b.text), fields(b.fields)), b.accessory && element(b.accessory, press));
  if (b.type === 'header') return el('p', { class: 'block head' }, textObject(b.text));
  if (b.type === 'context') return el('p', { class: 'block context' }, (b.elements || []).map((e) => (e.type === 'image' ? el('span', {}, '[' + e.alt_text + ']') : el('span', {}, textObject(e)))));
  if (b.type === 'divider') return el('hr', { class: 'block' });
  if (b.type === 'actions') return el('div', { class: 'block actions' }, (b.elements || []).map((e) => element(e, press)));
  if (b.type === 'rich_text') return el('div', { class: 'block' }, (b.elements || []).map(rich));
  if (b.type === 'markdown') return el('div', { class: 'block' }, mrkdwn(escapeText(b.text).replace(/\*\*(.+?)\*\*/g, '*$1*').replace(/\[([^\]]+)\]\((https?:[^)\s]+)\)/g, '<$2|$1>')));
  if (b.type === 'image') return el('p', { class: 'block context' }, 'Picture: ', link(b.image_url || '', b.alt_text));
  if (b.type === 'table') return table(b);
  return el('p', { class: 'block context' }, '(' + b.type + ')');
}
const escapeText = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

function fields(list) {
  return list && el('div', { class: 'fields' }, list.map((f) => el('div', {}, textObject(f))));
}

function table(b) {
  const cell = (c) => el('td', {}, c.type === 'raw_text' ? c.text : (c.elements || []).map(rich));
  return el('table', { class: 'block' }, (b.rows || []).map((row) => el('tr', {}, row.map(cell))));
}

function element(e, press) {
  if (e.type === 'button' && e.url) return el('a', { href: /^https?:/i.test(e.url) ? e.url : undefined, target: '_blank', rel: 'noopener noreferrer', onclick: () => press(e.action_id) }, textObject(e.text));
  if (e.type === 'button') return el('button', { type: 'button', class: e.style, 'data-action': e.action_id, 'aria-label': e.accessibility_label, onclick: (event) => press(e.action_id, undefined, event.currentTarget) }, textObject(e.text));
  if (e.type === 'overflow' || e.type.endsWith('_select') || e.type === 'radio_buttons') {
    const name = (e.placeholder && e.placeholder.text) || (e.type === 'overflow' ? 'More' : 'Choose');
    const select = el('select', { 'aria-label': name, 'data-action': e.action_id }, el('option', { value: '' }, name), choices(e).map(([value, text]) => el('option', { value }, text)));
    select.value = chosenAtFirst(e) || '';
    select.addEventListener('change', () => select.value && press(e.action_id, select.value, select));
    return select;
  }
  if (e.type === 'image') return el('span', { class: 'context' }, '[' + e.alt_text + ']');
  return el('span', { class: 'context' }, '(' + e.type + ')');
}

/** What can be chosen: value and words. */
function choices(e) {
  if (e.type.includes('users_select')) return state.people.filter((p) => !p.bot).map((p) => [p.id, p.realName]);
  if (e.type.includes('conversations_select') || e.type.includes('channels_select')) return state.channels.map((c) => [c.id, '#' + c.name]);
  const groups = (e.option_groups || []).flatMap((g) => g.options);
  return [...(e.options || []), ...groups].map((o) => [o.value, withEmoji(o.text.text)]);
}

function chosenAtFirst(e) {
  return (e.initial_option && e.initial_option.value) || e.initial_user || e.initial_conversation || e.initial_channel;
}
`;
