/** Views opened by the app. Drawn again when the app changes them; what was typed stays. */
export const modal = String.raw`
let openView;

function drawModal() {
  const dialog = $('modal');
  const view = state.views[state.views.length - 1];
  const key = view && JSON.stringify([view.id, view.hash, view.errors, view.blocks]);
  if (!view) {
    openView = undefined;
    if (dialog.open) dialog.close();
    return;
  }
  if (openView && openView.key === key) return;
  const typed = openView && openView.id === view.id ? collect(dialog) : {};
  openView = { id: view.id, key };
  dialog.replaceChildren(form(view, typed));
  if (!dialog.open) dialog.showModal();
  const wrong = dialog.querySelector('[aria-invalid=true]');
  if (wrong) wrong.focus();
}

function form(view, typed) {
  const wrong = el('p', { class: 'wrong', role: 'alert', id: 'modal-wrong' });
  const act = async (path, body, by) => {
    if (by) by.setAttribute('aria-busy', 'true');
    const result = await ask(path, { as: state.me.id, viewId: view.id, ...body });
    if (by) by.removeAttribute('aria-busy');
    wrong.textContent = result.error || '';
    await refresh();
  };
  const press = (actionId, value, by) => act('press-in-view', { actionId, value }, by);
  const send = el('button', { type: 'submit' }, (view.submit && view.submit.text) || 'Submit');
  const cancel = el('button', { type: 'button', onclick: () => act('dismiss', {}) }, (view.close && view.close.text) || 'Cancel');
  const node = el('form', { novalidate: true }, el('h2', { id: 'modal-title' }, view.title.text || 'Form'), view.blocks.map((b) => (b.type === 'input' ? field(b, view, typed) : block(b, press))), wrong, el('div', { class: 'buttons' }, cancel, view.submit && send));
  node.addEventListener('submit', (event) => {
    event.preventDefault();
    act('submit', { values: collect(node) }, send);
  });
  return node;
}

$('modal').addEventListener('cancel', (event) => {
  event.preventDefault();
  if (openView) ask('dismiss', { as: state.me.id, viewId: openView.id }).then(refresh);
});

function field(b, view, typed) {
  const e = b.element;
  const id = 'f-' + b.block_id.replace(/[^\w-]/g, '_');
  const error = view.errors && view.errors[b.block_id];
  const notes = [b.hint && el('span', { class: 'hint', id: id + '-hint' }, textObject(b.hint)), error && el('span', { class: 'wrong', id: id + '-error' }, error)];
  const about = [b.hint && id + '-hint', error && id + '-error'].filter(Boolean).join(' ');
  const label = [textObject(b.label), b.optional && el('span', { class: 'optional' }, ' (optional)')];
  const value = typed[b.block_id] !== undefined ? typed[b.block_id] : stateValue(view, b);
  if (['checkboxes', 'radio_buttons'].includes(e.type) || e.type.startsWith('multi_')) return el('fieldset', { class: 'field', 'data-block': b.block_id, 'data-many': e.type === 'radio_buttons' ? undefined : true, 'aria-describedby': about || undefined }, el('legend', {}, label), choices(e).map(([v, text]) => choice(e, id, v, text, value)), notes);
  const props = { id, 'aria-describedby': about || undefined, 'aria-invalid': error ? 'true' : undefined, 'aria-required': b.optional ? undefined : 'true', placeholder: e.placeholder && e.placeholder.text };
  return el('div', { class: 'field', 'data-block': b.block_id }, el('label', { for: id }, label), control1(e, props, value), notes);
}

function control1(e, props, value) {
  let node;
  if (e.type.endsWith('_select')) node = el('select', props, el('option', { value: '' }, props.placeholder || 'Choose'), choices(e).map(([v, text]) => el('option', { value: v }, text)));
  else if (e.type === 'plain_text_input' && e.multiline) node = el('textarea', { ...props, rows: 4 });
  else node = el('input', { ...props, type: { datepicker: 'date', timepicker: 'time', number_input: 'number', email_text_input: 'email', url_text_input: 'url' }[e.type] || 'text' });
  node.value = value === null || value === undefined ? '' : value;
  return node;
}

function choice(e, id, value, text, now) {
  const input = el('input', { type: e.type === 'radio_buttons' ? 'radio' : 'checkbox', name: id, value });
  input.checked = Array.isArray(now) ? now.includes(value) : now === value;
  return el('label', { class: 'choice' }, input, text);
}

function stateValue(view, b) {
  const s = ((view.state.values || {})[b.block_id] || {})[b.element.action_id] || {};
  if (s.selected_option) return s.selected_option.value;
  if (s.selected_options) return s.selected_options.map((o) => o.value);
  const [, value] = Object.entries(s).find(([key]) => key !== 'type') || [];
  return value;
}

function collect(root) {
  const values = {};
  for (const f of root.querySelectorAll('[data-block]')) {
    const boxes = [...f.querySelectorAll('input[type=checkbox], input[type=radio]')];
    if (f.tagName === 'FIELDSET') {
      const on = boxes.filter((box) => box.checked).map((box) => box.value);
      values[f.dataset.block] = 'many' in f.dataset ? on : on[0] || null;
    } else {
      const control = f.querySelector('input, select, textarea');
      values[f.dataset.block] = control && control.value !== '' ? control.value : null;
    }
  }
  return values;
}
`;
