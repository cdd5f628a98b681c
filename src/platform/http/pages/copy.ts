import { createHash } from 'node:crypto';

/**
 * Puts a button beside each text that is there to be copied. An addition: without it the text can still be selected.
 * Over plain http browsers give no clipboard, so there the old way is tried.
 */
export const COPY = `
for (const field of document.querySelectorAll('[data-copy]')) {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = 'Copy';
  const said = document.createElement('span');
  said.setAttribute('role', 'status');
  button.addEventListener('click', async () => {
    field.select();
    const copied = await (navigator.clipboard ? navigator.clipboard.writeText(field.value).then(() => true, () => document.execCommand('copy')) : document.execCommand('copy'));
    said.textContent = copied ? ' Copied' : ' It is selected: copy it with Ctrl+C';
  });
  field.after(button, said);
}
`;

const version = createHash('sha256').update(COPY).digest('hex').slice(0, 10);

/** As with the style: what changed has another address. */
export const COPY_PATH = `/copy.js?v=${version}`;
