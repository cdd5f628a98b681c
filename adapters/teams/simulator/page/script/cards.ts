/** The part of Adaptive Cards that a reader meets here, drawn as nodes. */
export const cards = String.raw`
/** Words in a text block: of its Markdown only what calls somebody is looked at. */
const CALLED = /<at>(.*?)<\/at>/g;
/** Filled in for whoever reads it. */
const DATES = /\{\{(DATE|TIME)\(([^),]+)[^)]*\)\}\}/g;

const filledIn = (text) => text.replace(DATES, (_, what, at) => (what === 'TIME' ? clock(new Date(at)) : new Date(at).toLocaleDateString()));

function called(text) {
  return filledIn(text).split(CALLED).map((part, n) => (n % 2 === 1 ? el('span', { class: 'mention' }, part) : part));
}

function textRun(run) {
  const classes = [run.weight === 'Bolder' && 'bolder', run.isSubtle && 'subtle', run.size && run.size.toLowerCase(), run.color === 'Attention' && 'attention'].filter(Boolean);
  let node = run.selectAction ? link(run.selectAction.url, filledIn(run.text)) : document.createTextNode(filledIn(run.text));
  if (run.fontType === 'Monospace') node = el('code', {}, node);
  if (run.italic) node = el('em', {}, node);
  if (run.strikethrough) node = el('s', {}, node);
  return classes.length ? el('span', { class: classes.join(' ') }, node) : node;
}

function element(e, press) {
  const apart = e.separator ? 'apart' : undefined;
  if (e.type === 'RichTextBlock') return el('p', { class: 'words ' + (apart || '') }, e.inlines.map((run) => (typeof run === 'string' ? run : textRun(run))));
  if (e.type === 'TextBlock') return el('p', { class: ['words', e.weight === 'Bolder' && 'bolder', e.isSubtle && 'subtle', e.size && e.size.toLowerCase(), apart].filter(Boolean).join(' ') }, called(e.text));
  if (e.type === 'FactSet') return el('dl', {}, e.facts.map((f) => [el('dt', {}, f.title), el('dd', {}, f.value)]));
  if (e.type === 'Container' || e.type === 'Column') return el('div', { class: apart }, (e.items || []).map((one) => element(one, press)));
  if (e.type === 'ActionSet') return el('div', { class: 'actions' }, e.actions.map((a) => button(a, press)));
  if (e.type.startsWith('Input.')) return field(e);
  return undefined;
}

function button(a, press) {
  if (a.type === 'Action.OpenUrl') return link(a.url, a.title);
  return el('button', { type: 'button', class: a.style, onclick: (event) => press(a, event.currentTarget) }, a.title);
}

function field(e) {
  const id = 'input-' + e.id;
  const props = { id, name: e.id, required: e.isRequired, placeholder: e.placeholder, maxlength: e.maxLength };
  let node;
  if (e.type === 'Input.ChoiceSet') node = el('select', { ...props, multiple: e.isMultiSelect }, !e.isMultiSelect && !e.isRequired && el('option', { value: '' }, ''), e.choices.map((c) => el('option', { value: c.value, selected: (e.value || '').split(',').includes(c.value) }, c.title)));
  else if (e.isMultiline) node = el('textarea', { ...props, rows: 4 }, e.value);
  else node = el('input', { ...props, value: e.value, type: { 'Input.Number': 'number', 'Input.Date': 'date' }[e.type] || 'text' });
  return el('div', { class: 'field' }, el('label', { for: id }, e.label), node);
}

/** What was typed, by the names of the inputs; several choices with commas between them. */
function typedIn(form) {
  const typed = {};
  for (const node of form.querySelectorAll('[name]')) typed[node.name] = node.multiple ? [...node.selectedOptions].map((o) => o.value).join(',') : node.value;
  return typed;
}
`;
