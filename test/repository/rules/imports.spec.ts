import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Files, Planted, ROOT } from './planted.ts';

import.meta.jest.setTimeout(60_000);

interface Rule {
  readonly name: string;
}

interface Violation {
  readonly from: string;
  readonly rule: Rule;
}

const { forbidden } = createRequire(import.meta.url)(join(ROOT, '.dependency-cruiser.cjs')) as { forbidden: readonly Rule[] };
const RULES = forbidden.map(({ name }) => name);

const imports = (...specifiers: readonly string[]): string =>
  `${specifiers.map((specifier) => `import '${specifier}';`).join('\n')}\nexport {};\n`;

/** By rule, a few files of which the first breaks it. */
const BROKEN: Readonly<Record<string, Files>> = {
  'no-cycles': { 'src/rooms/hen.ts': imports('./egg.ts'), 'src/rooms/egg.ts': imports('./hen.ts') },
  'core-not-to-adapters': { 'src/rooms/speaks-slack.ts': imports('#adapters/slack/src/plugin') },
  'libs-know-nothing-above': { 'libs/rich-text/reaches-up.ts': imports('#src/platform/log/log') },
  'adapters-not-to-core': { 'adapters/slack/src/reaches-in.ts': imports('#src/platform/log/log') },
  'adapters-not-to-each-other': { 'adapters/teams/src/copies.ts': imports('#adapters/slack/src/plugin') },
  'simulators-import-nothing-of-ours': { 'adapters/slack/simulator/shares.ts': imports('../src/plugin.ts') },
  'adapters-not-to-their-simulator': { 'adapters/slack/src/pretends.ts': imports('../simulator/start.ts') },
  'capabilities-by-their-public-files': { 'src/outage/looks-inside.ts': imports('#src/rooms/mirrors') },
  'platform-knows-no-capability': { 'src/platform/http/knows.ts': imports('#src/people/people.service') },
  'capability-is-in-the-table': { 'src/gossip/new-here.ts': imports('#src/people/people.service') },
  'slack-sdk-only-in-its-adapter': { 'src/rooms/posts-itself.ts': imports('@slack/bolt') },
  'teams-sdk-only-in-its-adapter': { 'adapters/slack/src/speaks-teams.ts': imports('botbuilder') },
  'words-and-rules-without-io': { 'src/rooms/room.entity.ts': imports('node:fs', 'typeorm') },
  'typeorm-only-decorates-entities': { 'src/rooms/room.events.ts': imports('typeorm') },
  'no-dev-dependencies-in-the-product': { 'src/rooms/checks-itself.ts': imports('fast-check') },
  'no-undeclared-dependencies': { 'src/rooms/borrows.ts': imports('borrowed') },
  'product-not-to-tests': { 'src/rooms/tests-itself.ts': imports('#test/support/until') },
  'tests-of-slack-are-named-so': { 'test/rooms/joining.spec.ts': imports('#adapters/slack/simulator/start') },
  'not-to-unresolvable': { 'src/rooms/dreams.ts': imports('./nowhere.ts') },
  ...Object.fromEntries(
    RULES.filter((name) => name.startsWith('leans-on-')).map((name) => [name, leansTooFar(name.slice('leans-on-'.length))]),
  ),
};

/** Nothing leans on insights, and insights lean on no other thing that is on top. */
function leansTooFar(capability: string): Files {
  const other = capability === 'insights' ? 'practice' : 'insights';
  return { [`src/${capability}/leans.ts`]: imports(`#src/${other}/${other}.service`) };
}

const ALLOWED: Files = {
  'src/composition/a-platform.ts': imports('#adapters/slack/src/plugin', '#adapters/slack/simulator/start', '#src/platform/log/log'),
  'src/assembly.ts': imports('#src/rooms/mirrors', '#src/insights/insights.service', '#src/platform/log/log'),
  'src/rooms/stands.ts': imports(
    '#src/people/people.service',
    '#src/incidents/incidents.queries',
    '#libs/rich-text/language',
    'pg',
    'typeorm',
  ),
  'src/rooms/mirror.entity.ts': `import 'typeorm';\nimport type { Client } from 'pg';\nexport type Held = Client;\n`,
  'src/rooms/rooms.types.ts': `import type { Column } from 'typeorm';\nexport type Held = Column;\n`,
  'src/rooms/deciding.spec.ts': imports('fast-check', '#test/support/until'),
  'adapters/slack/src/uses.ts': imports('#libs/rich-text/language', '@slack/bolt'),
  'adapters/slack/test/harness.ts': imports('../src/plugin.ts', '../simulator/start.ts', 'fast-check'),
  'test/rooms/slack-joins.spec.ts': imports('#adapters/slack/simulator/start', '#test/support/until'),
};

/** What the others import. */
const SURROUNDINGS: Files = {
  'src/platform/log/log.ts': imports(),
  'src/people/people.service.ts': imports(),
  'src/incidents/incidents.queries.ts': imports(),
  'src/insights/insights.service.ts': imports(),
  'src/practice/practice.service.ts': imports(),
  'src/rooms/mirrors.ts': imports(),
  'libs/rich-text/language.ts': imports(),
  'adapters/slack/src/plugin.ts': imports(),
  'adapters/slack/simulator/start.ts': imports(),
  'test/support/until.ts': imports(),
};

/** Stand-ins: only where they lie and who declares them is looked at. */
const PACKAGES = ['pg', 'typeorm', '@slack/bolt', 'botbuilder', 'fast-check', 'borrowed'];

describe('Importing what is not ours to import', () => {
  const project = new Planted();
  let violations: readonly Violation[];

  beforeAll(async () => {
    const { imports: aliases } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { imports: unknown };
    project.copy('.dependency-cruiser.cjs', 'tsconfig.json');
    project.write({
      'package.json': JSON.stringify({
        type: 'module',
        imports: aliases,
        dependencies: { pg: '*', typeorm: '*', '@slack/bolt': '*', botbuilder: '*' },
        devDependencies: { 'fast-check': '*' },
      }),
      ...SURROUNDINGS,
      ...ALLOWED,
    });
    for (const name of PACKAGES) {
      project.write({
        [`node_modules/${name}/package.json`]: JSON.stringify({ name, version: '1.0.0', main: './dist/index.js' }),
        [`node_modules/${name}/dist/index.js`]: 'module.exports = {};\n',
      });
    }
    for (const files of Object.values(BROKEN)) project.write(files);
    const report = await project.run(
      'dependency-cruiser/bin/dependency-cruise.mjs',
      ...['src', 'adapters', 'libs', 'test', '--config', '.dependency-cruiser.cjs', '--output-type', 'json'],
    );
    ({ violations } = (JSON.parse(report) as { summary: { violations: readonly Violation[] } }).summary);
  });
  afterAll(() => project.remove());

  const reportedOf = (files: Files): string[] => [...new Set(violations.filter(({ from }) => from in files).map(({ rule }) => rule.name))];

  it.each(RULES)('is reported as %s, and as nothing else', (name) => {
    const files = BROKEN[name];
    if (!files) throw new Error(`Nothing breaks the rule ${name} here. Plant a few files that do, so that it is known to work.`);

    expect(reportedOf(files)).toEqual([name]);
  });

  it('is not reported where it is allowed', () => {
    expect(violations.filter(({ from }) => from in ALLOWED || from in SURROUNDINGS)).toEqual([]);
  });
});
