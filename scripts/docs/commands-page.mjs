const SNAPSHOT = 'GET /api/v1/incidents/:id/snapshot';

/** How the same is done over the API, and what is written, word by word. One word is a command of POST …/commands. */
export const BESIDE = {
  accept: { api: 'accept', example: 'accept' },
  add: { api: 'add', example: 'add Ana Ruiz' },
  announce: { api: 'announce', example: 'announce' },
  'chat-back': { api: 'POST /api/v1/chats/:chat/word', example: 'chat-back' },
  'chat-down': { api: 'POST /api/v1/chats/:chat/word', example: 'chat-down' },
  declare: { api: 'POST /api/v1/incidents', example: 'declare Search is slow' },
  decline: { api: 'decline', example: 'decline Planned work' },
  drill: { api: 'POST /api/v1/drills', example: 'drill silent' },
  find: { api: 'GET /api/v1/search', example: 'find pool exhausted' },
  help: { api: 'command', example: 'help' },
  join: { api: 'join', example: 'join observer' },
  kind: { api: 'kind', example: 'kind near-miss' },
  lead: { api: 'lead', example: 'lead me' },
  leave: { api: 'leave', example: 'leave' },
  'let-in': { api: 'command', example: 'let-in INC-1' },
  'make-private': { api: 'privacy', example: 'make-private' },
  'make-public': { api: 'privacy', example: 'make-public' },
  merge: { api: 'merge', example: 'merge INC-1' },
  remove: { api: 'remove', example: 'remove Ana Ruiz' },
  rename: { api: 'rename', example: 'rename Checkout fails for everybody' },
  reopen: { api: 'reopen', example: 'reopen' },
  resolve: { api: 'resolve', example: 'resolve We alert on pool saturation now' },
  role: { api: 'role', example: 'role comms me' },
  roles: { api: SNAPSHOT, example: 'roles' },
  'say-again': { api: 'say-again', example: 'say-again' },
  severity: { api: 'severity', example: 'severity sev1 all customers' },
  skip: { api: 'skip', example: 'skip' },
  snooze: { api: 'snooze', example: 'snooze 15' },
  status: { api: 'status', example: 'status identified' },
  summary: { api: 'summary', example: 'summary The pool of shard 7 is used up' },
  'this-is-me': { api: 'POST /api/v1/me/claims', example: 'this-is-me' },
  timeline: { api: 'entry', example: 'timeline 00:00 The deploy went out' },
  update: { api: 'update', example: 'update Rolling back, ten minutes' },
  'what-goes-on': { api: 'GET /api/v1/incidents', example: 'what-goes-on' },
  'what-now': { api: SNAPSHOT, example: 'what-now' },
};

/** `docs/commands.md`, from the verbs themselves, in the order of the alphabet. */
export function commandsPage(verbs) {
  const unknown = verbs.filter(({ name, usage, help }) => !BESIDE[name] || usage === '' || help === '').map(({ name }) => name);
  if (unknown.length > 0)
    throw new Error(`Say of each how it is done over the API and give an example (scripts/docs/commands-page.mjs): ${unknown.join(', ')}`);
  const sorted = verbs.toSorted((one, other) => (one.name < other.name ? -1 : 1));
  return `# Commands

Generated from the verbs of each capability (\`src/*/*.verbs.ts\`) by \`npm run docs\`; edit them there. The words are the same
everywhere: after \`/incident\` or \`@Muster\` in Slack, after \`@Muster\` in Teams, after \`/\` in the message box of the war room, and as
the text of the API's \`command\`. Who has forgotten them writes \`/incident\` or \`@Muster\` alone in an incident's channel: that shows the
three things most likely needed now, and \`help\` the rest. What stands in \`<>\` is replaced. A person is named by an @ that the chat
completes, by the whole name, or by "me". Where a form opens, everything can also be written in one line. In your own chat with
Muster, in Slack as in Teams, its name may be left out. Teams shows every answer to everybody, so what is for you alone is asked there.

\`POST /api/v1/incidents/:id/commands\` takes each of the commands named in the last column; README shows their bodies.

## In an incident's channel, or in its war room

${table(sorted.filter(({ inRoom }) => inRoom))}

## Anywhere

${table(sorted.filter(({ inRoom }) => !inRoom))}
`;
}

const table = (verbs) => `| write | and it | in Slack | in Teams | in the war room | over the API |
| --- | --- | --- | --- | --- | --- |
${verbs.map(row).join('\n')}`;

function row({ name, usage, help, forThemAlone }) {
  const { api, example } = BESIDE[name];
  const isAlone = typeof forThemAlone === 'function' ? forThemAlone(example.slice(name.length).trim()) : forThemAlone;
  const teams = isAlone ? `${code(example)}, alone with Muster` : code(`@Muster ${example}`);
  const cells = [code(usage), cell(help), code(`/incident ${example}`), teams, code(`/${example}`), code(api)];
  return `| ${cells.join(' | ')} |`;
}

const code = (text) => `\`${cell(text)}\``;

const cell = (text) => text.replaceAll('|', '\\|');
