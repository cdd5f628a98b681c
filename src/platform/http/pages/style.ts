import { createHash } from 'node:crypto';

/** The style of every page that the server renders itself. Colours are those of the war room, contrast computed. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --bg: light-dark(#f6f7f9, #0e1116);
  --surface: light-dark(#ffffff, #151a21);
  --line: light-dark(#d5dae1, #2a323d);
  --control: light-dark(#6a7684, #7d8896);
  --text: light-dark(#161b22, #e9edf2);
  --muted: light-dark(#4b5663, #aab4c0);
  --accent: light-dark(#0b5cad, #8ec5ff);
  --on-accent: light-dark(#ffffff, #04121f);
  --warn: light-dark(#7a4d00, #ffc861);
  --bad: light-dark(#a8221a, #ff8f86);
  --focus: light-dark(#7a4b00, #ffe08a);
  --sev1: light-dark(#8c1016, #ff7a70);
  --on-sev1: light-dark(#ffffff, #210300);
  --sev2: light-dark(#b85400, #ffab4a);
  --on-sev2: light-dark(#ffffff, #241200);
  --sev3: light-dark(#ffdc66, #f3d95c);
  --on-sev3: light-dark(#332a00, #1f1900);
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--bg); color: var(--text);
  font: 0.875rem/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif, 'Noto Color Emoji';
  font-variant-numeric: tabular-nums; overflow-wrap: anywhere;
}
.top, main, .warning { max-width: 80ch; margin: 0 auto; padding: 12px 16px; }
.top a { color: var(--muted); font-weight: 600; text-decoration: none; }
h1 { font-size: 1.25rem; line-height: 1.3; margin: 8px 0; }
h2 { font-size: 1rem; margin: 24px 0 8px; }
h3, h4, h5 { font-size: 0.875rem; margin: 8px 0 0; }
p { margin: 8px 0; }
a { color: var(--accent); }
mark { background: none; color: inherit; font-weight: 700; text-decoration: underline; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
dl { margin: 8px 0; }
dt { color: var(--muted); font-size: 0.75rem; }
dd { margin: 0 0 8px; }
small, .muted, time { color: var(--muted); font-size: 0.75rem; }
code, pre { font: 0.8125rem/1.45 ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace; }
pre { background: var(--surface); border: 1px solid var(--line); border-radius: 8px; padding: 8px; margin: 8px 0; white-space: pre-wrap; }
blockquote { border-left: 3px solid var(--line); margin: 8px 0; padding-left: 12px; }
table { border-collapse: collapse; }
th, td { border: 1px solid var(--line); padding: 4px 8px; text-align: left; }
form { margin: 8px 0; }
label, legend { display: block; font-weight: 600; margin: 12px 0 4px; }
fieldset { border: 0; margin: 0; padding: 0; }
input[type='radio'], input[type='checkbox'] { width: 20px; height: 20px; margin: 2px 8px 2px 0; vertical-align: middle; }
label.choice { font-weight: 400; margin: 4px 0; padding: 4px 0; }
input:not([type='radio'], [type='checkbox']), select, textarea {
  width: 100%; font: inherit; font-size: 1rem; color: inherit; background: var(--surface);
  border: 1px solid var(--control); border-radius: 8px; padding: 8px; min-height: 36px;
}
textarea[readonly] { font: 0.8125rem/1.45 ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace; }
button, .button {
  display: inline-block; font: inherit; font-weight: 600; color: inherit; background: var(--surface); text-decoration: none;
  border: 1px solid var(--control); border-radius: 8px; padding: 6px 16px; min-height: 36px; margin-top: 8px; cursor: pointer;
}
button.primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
summary { color: var(--accent); cursor: pointer; min-height: 24px; }
.facts > div { border-bottom: 1px solid var(--line); padding: 8px 0; }
.facts dd { margin: 0; }
dl.card { border: 1px solid var(--line); border-radius: 8px; padding: 8px 12px; color: var(--text); font-size: 0.875rem; }
.card > div { display: flex; flex-wrap: wrap; column-gap: 8px; }
.card dt { min-width: 10em; }
.card dd { margin: 0; flex: 1 1 16em; }
.sev { border: 1px solid currentColor; border-radius: 8px; font-weight: 700; padding: 1px 8px; white-space: nowrap; }
.SEV1 { background: var(--sev1); color: var(--on-sev1); }
.SEV2 { background: var(--sev2); color: var(--on-sev2); }
.SEV3 { background: var(--sev3); color: var(--on-sev3); }
.trouble, .warning { color: var(--warn); }
.problem { border: 2px solid var(--bad); border-radius: 8px; color: var(--bad); padding: 8px 12px; }
.say { border: 2px solid var(--control); border-radius: 8px; padding: 8px 12px; white-space: pre-line; }
ol, ul { padding-left: 24px; }
ol.flow, ul.list { list-style: none; padding: 0; }
.flow > li { margin: 12px 0; }
.flow > li.note { color: var(--muted); font-size: 0.75rem; margin: 4px 0; }
.flow p { margin: 0 0 4px; }
.list > li { border-bottom: 1px solid var(--line); padding: 8px 0; }
.late { border: 1px solid currentColor; border-radius: 8px; color: var(--warn); font-size: 0.75rem; padding: 0 6px; }
@media (pointer: coarse) {
  button, .button, select, input:not([type='radio'], [type='checkbox']) { min-height: 44px; }
  .top a, label.choice { display: block; line-height: 44px; }
  nav a { display: inline-block; line-height: 44px; }
  summary { line-height: 44px; }
  label.choice { line-height: 1.5; padding: 11px 0; }
}
ol.codes { columns: 2 14em; }
.codes code { font-size: 1.125rem; line-height: 1.8; }
@media print {
  :root { color-scheme: light; --bg: #ffffff; --muted: #161b22; }
  @page { margin: 14mm; }
  body { font-size: 9.5pt; line-height: 1.35; }
  .top, .warning, .on-screen { display: none; }
  main { max-width: none; padding: 0; }
  h1 { margin-top: 0; }
  h2 { margin: 10pt 0 2pt; break-after: avoid; }
  p, ul, ol { margin: 3pt 0; }
  li { break-inside: avoid; }
  .codes code { font-size: 12pt; line-height: 1.6; }
}
@media (forced-colors: active) { .sev { border: 2px solid; } }
`;

const version = createHash('sha256').update(STYLE).digest('hex').slice(0, 10);

/** A changed style has another address, so browsers may keep each one for ever. */
export const STYLE_PATH = `/lite.css?v=${version}`;
