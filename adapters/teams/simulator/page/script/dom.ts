/** Browser code, kept as text because the build copies no assets. Text only ever becomes text nodes. */
export const dom = String.raw`
'use strict';
const $ = (id) => document.getElementById(id);

function el(tag, props, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else if (name === 'class') node.className = value;
    else node.setAttribute(name, value === true ? '' : String(value));
  }
  node.append(...children.flat(Infinity).filter((c) => c !== undefined && c !== null && c !== false && c !== ''));
  return node;
}

async function ask(path, body) {
  const answer = await fetch('./ui/' + path, !body ? { signal: AbortSignal.timeout(5000) } : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  return answer.json();
}

/** A link only where it leads somewhere harmless. */
function link(address, label) {
  if (!/^(https?:\/\/|mailto:|tel:)/i.test(address)) return document.createTextNode(label || address);
  return el('a', { href: address, target: '_blank', rel: 'noopener noreferrer' }, label || address);
}

/** Always of 24 hours, as in the war room: both sides of an outage are read beside each other. */
const clock = (at) => at.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
`;
