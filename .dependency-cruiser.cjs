/**
 * Who may import whom. Each rule was broken once, and is again at every run of test/repository/rules/imports.spec.ts.
 *
 * `npx depcruise src adapters libs test --config .dependency-cruiser.cjs`
 */

/**
 * What each capability leans on, besides the platform and the libs. This table is the architecture: a new line is a decision.
 * Everybody may lean on people, because whoever does something is a person. Folders that are not there yet are planned:
 * their lines say what they will be allowed to need.
 */
const LEANS_ON = {
  composition: [],
  people: [],
  teams: ['people'],
  timeline: ['conversation'],
  notifications: ['people'],
  conversation: ['people'],
  incidents: ['people', 'teams', 'timeline', 'conversation'],
  artifacts: ['people', 'incidents'],
  'on-call': ['people', 'incidents', 'conversation', 'notifications'],
  updates: ['people', 'incidents', 'conversation'],
  announcements: ['people', 'incidents', 'updates', 'conversation'],
  rooms: ['people', 'incidents', 'artifacts', 'timeline', 'updates', 'announcements', 'conversation'],
  actions: ['people', 'incidents', 'timeline', 'rooms', 'conversation', 'notifications'],
  webhooks: ['people', 'incidents', 'rooms'],
  home: ['people', 'incidents', 'updates'],
  outage: ['people', 'rooms', 'conversation', 'notifications'],
  comms: ['people', 'incidents', 'updates', 'rooms', 'conversation', 'notifications'],
  workflows: ['people', 'incidents', 'actions', 'updates', 'rooms', 'on-call', 'comms', 'notifications'],
  postmortems: ['people', 'incidents', 'timeline', 'actions', 'rooms', 'conversation'],
};

/** They may lean on any capability of the table, and nothing leans on them. */
const ON_TOP = ['backup', 'export', 'operations', 'search', 'seed', 'war-room', 'practice', 'drills', 'integrations', 'insights'];

const CAPABILITIES = Object.keys(LEANS_ON).filter((name) => name !== 'composition');
const anyOf = (names) => names.join('|');

const leansOn = (name, others) => ({
  name: `leans-on-${name}`,
  comment: `src/${name} may import ${['the platform', 'libs', ...others].join(', ')}, and no other folder of src.`,
  severity: 'error',
  from: { path: `^src/${name}/` },
  to: { path: '^src/', pathNot: `^src/(${anyOf([name, 'platform', ...others])})/` },
});

/** A vendor's SDK, by the adapter it belongs to. */
const CHAT_SDKS = { slack: '@slack', teams: 'botbuilder[^/]*|botframework-[^/]+|@microsoft/(teams|agents)[^/]*' };

const chatSdk = (adapter, sdk) => ({
  name: `${adapter}-sdk-only-in-its-adapter`,
  comment: `Only adapters/${adapter} knows how that vendor speaks. The bench may measure the bare SDK beside us.`,
  severity: 'error',
  from: { pathNot: [`^adapters/${adapter}/`, '^test/bench/'] },
  to: { path: `(^|node_modules/)(${sdk})(/|$)` },
});

/** What runs at a customer; simulators too, which people practise with. */
const PRODUCT = '^(src|libs|adapters/[^/]+/(src|simulator|web/src))/';
const TESTS = ['\\.spec\\.tsx?$', '\\.fixture\\.ts$', '/test/', '^test/'];
const IO_OF_NODE =
  'fs|fs/promises|net|tls|http|https|http2|dgram|dns|dns/promises|child_process|cluster|worker_threads|readline|readline/promises|process';
const IO_PACKAGES = 'pg|ws|express|pino|http-proxy-middleware|@nestjs/[^/]+|@slack/[^/]+|botbuilder[^/]*';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one file, or hide a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'core-not-to-adapters',
      comment: 'The core knows no chat. Only src/composition names adapters, a line a platform.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/composition/' },
      to: { path: '^adapters/' },
    },
    {
      name: 'libs-know-nothing-above',
      comment: 'Everybody stands on the libs.',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^(src|adapters|test)/' },
    },
    {
      name: 'adapters-not-to-core',
      comment: 'An adapter is written against the port, as one outside of this repository would be.',
      severity: 'error',
      from: { path: '^adapters/' },
      to: { path: '^(src|test)/' },
    },
    {
      name: 'adapters-not-to-each-other',
      comment: 'Each can be removed without the others noticing.',
      severity: 'error',
      from: { path: '^adapters/([^/]+)/' },
      to: { path: '^adapters/', pathNot: '^adapters/$1/' },
    },
    {
      name: 'simulators-import-nothing-of-ours',
      comment: 'A simulator that shared code with the adapter would share its misunderstandings. test/harness.ts brings the two together.',
      severity: 'error',
      from: { path: '^adapters/([^/]+)/simulator/' },
      to: { path: ['^libs/', '^adapters/$1/'], pathNot: '^adapters/$1/simulator/' },
    },
    {
      name: 'adapters-not-to-their-simulator',
      comment: 'What ships to speak with the real chat does not know that there is a pretend one.',
      severity: 'error',
      from: { path: '^adapters/([^/]+)/src/' },
      to: { path: '^adapters/$1/simulator/' },
    },
    {
      name: 'capabilities-by-their-public-files',
      comment:
        'From another capability only .module .service .queries .events .projection .wire .errors .types files. Queries belong to them: they are reads, ' +
        'plain rows out or a refusal in words: for screens, and to find whom and what somebody means and whether they may see it.',
      severity: 'error',
      from: { path: '^src/([^/]+)/' },
      to: {
        path: '^src/[^/]+/',
        pathNot: ['^src/($1|platform|composition)/', '\\.(module|service|queries|events|projection|wire|errors|types)\\.ts$'],
      },
    },
    {
      name: 'platform-knows-no-capability',
      comment: 'Every capability stands on the platform.',
      severity: 'error',
      from: { path: '^src/platform/' },
      to: { path: '^src/', pathNot: '^src/platform/' },
    },
    ...Object.entries(LEANS_ON).map(([name, others]) => leansOn(name, others)),
    // The seed is an import of what never happened.
    ...ON_TOP.map((name) => leansOn(name, name === 'seed' ? [...CAPABILITIES, 'export'] : CAPABILITIES)),
    {
      name: 'capability-is-in-the-table',
      comment: 'A new folder of src leans on nothing until its line is written in LEANS_ON.',
      severity: 'error',
      from: { path: '^src/[^/]+/', pathNot: `^src/(${anyOf(['platform', ...Object.keys(LEANS_ON), ...ON_TOP])})/` },
      to: { path: '^src/' },
    },
    ...Object.entries(CHAT_SDKS).map(([adapter, sdk]) => chatSdk(adapter, sdk)),
    {
      name: 'words-and-rules-without-io',
      comment:
        'What an incident is and what it announces is read and tested without a database. Types are erased, so they may name anything.',
      severity: 'error',
      from: { path: '^src/.*\\.(entity|events|wire|errors|types)\\.ts$' },
      to: { path: [`^(node:)?(${IO_OF_NODE})$`, `node_modules/(${IO_PACKAGES})/`], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'typeorm-only-decorates-entities',
      comment: 'The decorators of entities are the one thing of the database that the words and rules may know.',
      severity: 'error',
      from: { path: '^src/.*\\.(events|wire|errors|types)\\.ts$' },
      to: { path: 'node_modules/typeorm/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-dev-dependencies-in-the-product',
      comment: 'What runs at a customer is in `dependencies`.',
      severity: 'error',
      from: { path: PRODUCT, pathNot: TESTS },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-undeclared-dependencies',
      comment:
        'A package that is only there because another one brought it may be gone tomorrow. Tests of the libs use the tools of the whole.',
      severity: 'error',
      from: { pathNot: '^libs/.*\\.spec\\.ts$' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'product-not-to-tests',
      comment: 'Tests are left out of the build.',
      severity: 'error',
      from: { path: PRODUCT, pathNot: TESTS },
      to: { path: TESTS },
    },
    {
      name: 'tests-of-slack-are-named-so',
      comment: 'Removing adapters/slack removes its tests by their names, and the rest still compiles: test/repository/rules/deletion.mjs.',
      severity: 'error',
      from: { path: '^test/', pathNot: '/slack[^/]*$' },
      to: { path: ['^adapters/slack/', '^src/composition/pretend-slack\\.ts$', '/slack[^/]*\\.ts$'] },
    },
    {
      name: 'not-to-unresolvable',
      comment:
        'It would only fail when that line runs. mdast is nothing but types, which the compiler finds. react-aria-components names ' +
        'sources, which it does not ship, under the condition that ours have; the bundler of the page finds the rest.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: ['^mdast$', '^react-aria-components/'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|libs/[^/]+/dist)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
    },
  },
};
