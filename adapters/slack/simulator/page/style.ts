export const style = `
:root {
  color-scheme: light dark;
  --paper: #fbfaf7; --side: #eceae4; --ink: #23262b; --soft: #575d66; --line: #d8d5cd;
  --accent: #0a6455; --on-accent: #ffffff; --wash: #dfeeea; --bad: #a3261c; --bad-wash: #fbe9e6;
  --pretend: #fff1c9; --on-pretend: #533f00; --code: #efece5;
  font: 15px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #1b1e22; --side: #14171a; --ink: #e6e4df; --soft: #a9aeb6; --line: #363b42;
    --accent: #6fd0bb; --on-accent: #08231e; --wash: #1f3a35; --bad: #ffaca3; --bad-wash: #43211e;
    --pretend: #3b3110; --on-pretend: #ffe9a8; --code: #292d33;
  }
}
* { box-sizing: border-box; }
html, body { height: 100%; margin: 0; }
body { display: flex; flex-direction: column; background: var(--paper); color: var(--ink); }
p, h1, h2, ul, pre, blockquote, table { margin: 0; }
h1 { font-size: 1.05rem; } h2 { font-size: .85rem; color: var(--soft); font-weight: 600; }
a { color: var(--accent); overflow-wrap: anywhere; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
[hidden] { display: none !important; }
button, select, input, textarea { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--soft); border-radius: 6px; padding: .3rem .6rem; }
button { cursor: pointer; }
button[type=submit], button.primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent); font-weight: 600; }
button.danger { border-color: var(--bad); color: var(--bad); font-weight: 600; }
button.quiet { border-color: transparent; background: transparent; color: var(--accent); padding: .1rem .35rem; font-size: .85rem; text-decoration: underline; }
button[aria-busy=true] { opacity: .75; }
.pretend { background: var(--pretend); color: var(--on-pretend); padding: .25rem .75rem; display: flex; flex-wrap: wrap; gap: 0 1rem; font-size: .85rem; }
.broken { background: var(--bad-wash); color: var(--bad); padding: .25rem .75rem; font-size: .85rem; font-weight: 600; } .broken:empty { display: none; }
.window { flex: 1; min-height: 0; display: grid; grid-template-columns: 11.5rem minmax(0, 1fr); }
.side { background: var(--side); border-right: 1px solid var(--line); padding: .75rem; overflow-y: auto; display: flex; flex-direction: column; gap: .5rem; }
.team { font-weight: 700; } .me { font-size: .85rem; color: var(--soft); } .me select { width: 100%; color: var(--ink); }
.side ul { list-style: none; padding: 0; }
.side a { display: block; padding: .2rem .45rem; border-radius: 5px; color: var(--ink); text-decoration: none; }
.side a:hover { text-decoration: underline; }
.side a[aria-current] { background: var(--wash); font-weight: 600; }
.side a.new { font-weight: 700; }
main { display: flex; flex-direction: column; min-width: 0; min-height: 0; }
.top { padding: .55rem .9rem; border-bottom: 1px solid var(--line); }
#topic, #bookmarks { color: var(--soft); font-size: .85rem; overflow-wrap: anywhere; } #bookmarks a { margin-right: .8rem; }
.log { flex: 1; overflow-y: auto; padding: .5rem .9rem 1rem; }
.log:focus-visible { outline-offset: -3px; }
.message { padding: .35rem .3rem; border-radius: 6px; overflow-wrap: anywhere; position: relative; }
.message:hover, .message:focus-within { background: color-mix(in srgb, var(--side) 55%, transparent); }
.message.private { background: var(--wash); }
.replies { margin-left: .9rem; padding-left: .7rem; border-left: 2px solid var(--line); }
.who { font-weight: 700; } .when, .edited, .only { color: var(--soft); font-size: .8rem; }
.app { border: 1px solid var(--soft); border-radius: 4px; font-size: .68rem; padding: 0 .25rem; color: var(--soft); letter-spacing: .03em; }
.when { white-space: nowrap; }
.joined { color: var(--soft); font-style: italic; }
.message .tools { float: right; opacity: 0; }
.message:hover > .tools, .message:focus-within > .tools { opacity: 1; }
@media (hover: none) { .message .tools { opacity: 1; } }
.block { margin: .3rem 0; } .section { display: flex; flex-wrap: wrap; gap: .4rem .8rem; justify-content: space-between; } .section > .words { flex: 1 1 12rem; }
.head { font-size: 1.08rem; font-weight: 700; } .context { color: var(--soft); font-size: .85rem; display: flex; flex-wrap: wrap; gap: .2rem .7rem; }
.fields { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: .25rem .9rem; }
.actions { display: flex; flex-wrap: wrap; gap: .4rem; }
hr { border: 0; border-top: 1px solid var(--line); }
code, pre { background: var(--code); border-radius: 4px; padding: .05rem .25rem; font: .9em/1.4 ui-monospace, Consolas, monospace; } pre { padding: .5rem .6rem; white-space: pre-wrap; }
blockquote { border-left: 3px solid var(--line); padding-left: .6rem; }
.mention { background: var(--wash); color: var(--accent); border-radius: 4px; padding: 0 .2rem; font-weight: 600; }
ul.files { list-style: none; padding: 0; } .files li { display: flex; flex-direction: column; gap: .2rem; margin: .25rem 0; } .files img { max-width: min(20rem, 100%); max-height: 14rem; object-fit: contain; object-position: left; background: var(--code); border-radius: 6px; align-self: flex-start; }
table { border-collapse: collapse; } td, th { border: 1px solid var(--line); padding: .15rem .45rem; text-align: left; }
.reactions { display: flex; flex-wrap: wrap; gap: .3rem; margin-top: .2rem; } .reactions button { font-size: .85rem; padding: 0 .45rem; border-radius: 99px; } .reactions button[aria-pressed=true] { background: var(--wash); border-color: var(--accent); }
.notice { color: var(--bad); background: var(--bad-wash); padding: .35rem .9rem; } .notice:empty { display: none; }
.composer, .outside { border-top: 1px solid var(--line); padding: .5rem .9rem .6rem; } .composer label { font-size: .85rem; color: var(--soft); }
.line { display: flex; gap: .5rem; align-items: stretch; } .line textarea { flex: 1; min-width: 0; resize: vertical; }
.hint, .replying { color: var(--soft); font-size: .8rem; }
.modal { width: min(32rem, calc(100vw - 1.5rem)); max-height: calc(100vh - 2rem); border: 1px solid var(--line); border-radius: 10px; background: var(--paper); color: var(--ink); padding: 1rem 1.1rem; }
.modal::backdrop { background: rgb(0 0 0 / .45); } .modal form { display: flex; flex-direction: column; gap: .8rem; } .modal h2 { font-size: 1.1rem; color: var(--ink); }
.field { display: flex; flex-direction: column; gap: .2rem; border: 0; padding: 0; margin: 0; min-width: 0; } .field label, .field legend { font-weight: 600; padding: 0; } .field .choice { font-weight: 400; display: flex; gap: .4rem; align-items: baseline; }
.field .hint, .field .optional { color: var(--soft); font-weight: 400; font-size: .85rem; } .wrong { color: var(--bad); font-size: .9rem; }
.buttons { display: flex; gap: .5rem; justify-content: flex-end; }
@media (max-width: 34rem) {
  .window { grid-template-columns: minmax(0, 1fr); grid-template-rows: auto minmax(0, 1fr); }
  .side { border-right: 0; border-bottom: 1px solid var(--line); padding: .35rem .6rem; gap: .25rem; max-height: 9.5rem; }
  .team, .side h2 { display: none; } .me { display: flex; gap: .4rem; align-items: center; } .me label { white-space: nowrap; }
  .side ul { display: flex; flex-wrap: wrap; gap: .15rem; } .composer .hint { display: none; }
}
@media (prefers-reduced-motion: no-preference) { .tools { transition: opacity 90ms; } }
`;
