import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { inProject } from '../prepare/project.mjs';

const SOURCE = 'libs/war-room-protocol/events.ts';

/** `docs/events.md`, from the schemas that every event is read with: names, fields, and the comment above each. */
export function eventsPage(source = readFileSync(inProject(SOURCE), 'utf8')) {
  const events = eventsIn(source);
  const undocumented = events.filter(({ says }) => says === '').map(({ type }) => type);
  if (undocumented.length > 0) throw new Error(`Say in a comment above each what it means (${SOURCE}): ${undocumented.join(', ')}`);
  return `# Events

Generated from \`${SOURCE}\` by \`npm run docs\`; edit it there. An event is what happened and never changes. Every event of a
room carries \`seq\` (the room's own counter, 1, 2, 3, … without a gap: the only order there is), \`id\`, \`type\`, \`at\` (when it was
recorded), \`displayAt\` (where it stands among the others), \`late\`, \`by\` (who, or null for Muster), \`via\` (from where) and \`data\`:

| type | data | means |
| --- | --- | --- |
${events.map(({ type, fields, says }) => `| \`${type}\` | ${fields.map((field) => `\`${field}\``).join(', ') || 'nothing'} | ${says} |`).join('\n')}

A reader passes over a type that it does not know, and keeps its number. A type never changes its meaning; a field that is
added later is optional.
`;
}

function eventsIn(source) {
  const file = ts.createSourceFile(SOURCE, source, ts.ScriptTarget.Latest, true);
  const spreads = constants(file);
  const found = [];
  const visit = (node) => {
    if (ts.isArrayLiteralExpression(node)) {
      for (const element of node.elements) readEvent(element);
    }
    ts.forEachChild(node, visit);
  };
  const readEvent = (element) => {
    if (!ts.isCallExpression(element) || element.expression.getText(file) !== 'event') return;
    const [type, data] = element.arguments;
    found.push({ type: type.text, fields: fieldsOf(data, spreads, file), says: commentAbove(element, source) });
  };
  visit(file);
  return found;
}

function constants(file) {
  const found = new Map();
  for (const statement of file.statements) {
    if (!ts.isVariableStatement(statement)) continue;
    for (const { name, initializer } of statement.declarationList.declarations)
      if (initializer && ts.isObjectLiteralExpression(initializer)) found.set(name.getText(file), initializer);
  }
  return found;
}

function fieldsOf(node, spreads, file) {
  const object = ts.isIdentifier(node) ? spreads.get(node.text) : node;
  return (object?.properties ?? []).flatMap((property) => {
    if (ts.isSpreadAssignment(property)) return fieldsOf(property.expression, spreads, file);
    const isOptional = ts.isPropertyAssignment(property) && property.initializer.getText(file).startsWith('z.optional(');
    return [`${property.name.getText(file)}${isOptional ? '?' : ''}`];
  });
}

function commentAbove(node, source) {
  const ranges = ts.getLeadingCommentRanges(source, node.getFullStart()) ?? [];
  return ranges
    .map(({ pos, end }) => source.slice(pos, end))
    .filter((comment) => comment.startsWith('/**'))
    .map((comment) => comment.replace(/^\/\*\*\s*|\s*\*\/$/g, '').replace(/\s*\n\s*\*\s*/g, ' '))
    .join(' ')
    .replaceAll('|', '\\|');
}
