// The figures of docs/reliability.json, and the table of docs/reliability.md that tells them.
import { readFileSync, writeFileSync } from 'node:fs';
import { inProject } from '../prepare/project.mjs';

const JSON_FILE = inProject('docs', 'reliability.json');
const PAGE = inProject('docs', 'reliability.md');
const TABLE = /(?<=<!-- figures -->\n\n).*?(?=\n\n<!-- end -->)/s;

export const readGoals = () => JSON.parse(readFileSync(JSON_FILE, 'utf8')).goals;

/** Writes what came of one goal, and leaves what the others came to. */
export function keepFigure(name, { goal, measured, pass }, command) {
  const goals = { ...readGoals(), [name]: { goal, measured, pass, command } };
  const sorted = Object.fromEntries(Object.entries(goals).sort(([a], [b]) => Number(a.slice(1)) - Number(b.slice(1))));
  writeFileSync(JSON_FILE, `${JSON.stringify({ goals: sorted }, null, 2)}\n`);
  writeFileSync(
    PAGE,
    readFileSync(PAGE, 'utf8').replace(TABLE, () => tableOf(sorted)),
  );
}

/** One row a goal, as docs/reliability.md has them. */
export function tableOf(goals) {
  const rows = Object.entries(goals).map(([name, { goal, measured, pass, command }]) => [
    `**${name}**`,
    goal,
    measured,
    pass ? 'met' : '**missed**',
    `\`${command}\``,
  ]);
  return [['', 'goal', 'measured', '', 'command'], ['---', '---', '---', '---', '---'], ...rows]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n');
}
