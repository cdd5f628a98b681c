export const style = `
:root {
  color-scheme: light dark;
  --paper: #fafafc; --side: #ebebf2; --ink: #242433; --soft: #55566b; --line: #d6d6e2;
  --accent: #4448a8; --on-accent: #ffffff; --wash: #e5e6f7; --bad: #a3261c; --bad-wash: #fbe9e6;
  --pretend: #fff1c9; --on-pretend: #533f00; --code: #ececf3;
  font: 15px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #1c1c24; --side: #15151c; --ink: #e5e5ee; --soft: #abacc0; --line: #383848;
    --accent: #b3b6ff; --on-accent: #16173b; --wash: #2a2b4d; --bad: #ffaca3; --bad-wash: #43211e;
    --pretend: #3b3110; --on-pretend: #ffe9a8; --code: #2a2a36;
  }
}
* { box-sizing: border-box; }
html, body { height: 100%; margin: 0; }
body { display: flex; flex-direction: column; background: var(--paper); color: var(--ink); }
p, h1, h2, ul { margin: 0; }
h1 { font-size: 1.05rem; overflow-wrap: anywhere; }
a { color: var(--accent); overflow-wrap: anywhere; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
[hidden] { display: none !important; }
button, select, input, textarea { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--soft); border-radius: 4px; padding: .3rem .6rem; }
button { cursor: pointer; }
button[type=submit], button.positive { background: var(--accent); border-color: var(--accent); color: var(--on-accent); font-weight: 600; }
button.destructive { border-color: var(--bad); color: var(--bad); font-weight: 600; }
button.quiet { border-color: transparent; background: transparent; color: var(--accent); padding: .1rem .35rem; font-size: .85rem; text-decoration: underline; }
button[aria-busy=true] { opacity: .75; }
.pretend { background: var(--pretend); color: var(--on-pretend); padding: .25rem .75rem; display: flex; flex-wrap: wrap; gap: 0 1rem; font-size: .85rem; }
.broken { background: var(--bad-wash); color: var(--bad); padding: .25rem .75rem; font-size: .85rem; font-weight: 600; } .broken:empty { display: none; }
.side { background: var(--side); border-bottom: 1px solid var(--line); padding: .4rem .75rem; display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: center; }
.me { font-size: .85rem; color: var(--soft); } .me select { color: var(--ink); }
.side ul { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .2rem; }
.side a { display: block; padding: .15rem .45rem; border-radius: 4px; color: var(--ink); text-decoration: none; }
.side a:hover { text-decoration: underline; } .side a[aria-current] { background: var(--wash); font-weight: 600; }
main { flex: 1; display: flex; flex-direction: column; min-width: 0; min-height: 0; }
.top { padding: .5rem .9rem; border-bottom: 1px solid var(--line); font-size: .9rem; }
.log { flex: 1; overflow-y: auto; padding: .6rem .9rem 1rem; } .log:focus-visible { outline-offset: -3px; }
.message { padding: .4rem .6rem; margin-bottom: .4rem; border-radius: 6px; border: 1px solid var(--line); overflow-wrap: anywhere; }
.message.mine { background: var(--wash); }
.who { font-weight: 700; } .when, .subtle { color: var(--soft); } .when { font-size: .8rem; white-space: nowrap; }
.app { border: 1px solid var(--soft); border-radius: 4px; font-size: .68rem; padding: 0 .25rem; color: var(--soft); letter-spacing: .03em; }
.tools { float: right; } .words { white-space: pre-wrap; }
.medium { font-size: 1.05rem; } .large { font-size: 1.15rem; } .bolder { font-weight: 700; } .attention { color: var(--bad); }
.apart { border-top: 1px solid var(--line); margin-top: .3rem; padding-top: .3rem; }
code { background: var(--code); border-radius: 4px; padding: .05rem .25rem; font: .9em/1.4 ui-monospace, Consolas, monospace; }
.mention { background: var(--wash); color: var(--accent); border-radius: 4px; padding: 0 .2rem; font-weight: 600; }
.actions { display: flex; flex-wrap: wrap; gap: .4rem; margin: .35rem 0; }
.notice { color: var(--bad); background: var(--bad-wash); padding: .35rem .9rem; } .notice:empty { display: none; }
.composer { border-top: 1px solid var(--line); padding: .5rem .9rem .6rem; } .composer label { font-size: .85rem; color: var(--soft); }
.line { display: flex; gap: .5rem; align-items: stretch; } .line textarea { flex: 1; min-width: 0; resize: vertical; }
.hint { color: var(--soft); font-size: .8rem; }
.dialog { width: min(32rem, calc(100vw - 1.5rem)); max-height: calc(100vh - 2rem); border: 1px solid var(--line); border-radius: 8px; background: var(--paper); color: var(--ink); padding: 1rem 1.1rem; }
.dialog::backdrop { background: rgb(0 0 0 / .45); } .dialog form { display: flex; flex-direction: column; gap: .7rem; } .dialog h2 { font-size: 1.1rem; }
.field { display: flex; flex-direction: column; gap: .2rem; } .field > label { font-weight: 600; }
@media (max-width: 34rem) { .hint { display: none; } }
`;
