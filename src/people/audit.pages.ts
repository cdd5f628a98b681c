import { type Html, html } from '#src/platform/http/pages/html';
import type { Page } from '#src/platform/http/pages/layout';
import type { AuditEntry } from './audit.service.ts';

export const auditPage = (changes: readonly AuditEntry[]): Page => ({
  title: 'Audit',
  body: html`<h1>What was changed</h1>
<p>Settings and people, newest first. What was done in an incident is in its room. All times are UTC. <a href="/api/v1/audit.csv">All of it as CSV</a> · <a href="/api/v1/audit.jsonl">as JSON Lines</a></p>
${changes.length === 0 ? html`<p>Nothing was changed yet.</p>` : html`<ol class="flow" reversed>${changes.map(row)}</ol>`}
<p><a href="/settings/people">People</a> · <a href="/settings">All settings</a></p>`,
});

function row({ at, by, via, type, what, before, after }: AuditEntry): Html {
  return html`<li><time datetime="${at}">${at.slice(0, 16).replace('T', ' ')}</time> <b>${by?.name ?? 'Muster'}</b> <small>via ${via.name}</small> ${type}${what !== null && html` <b>${what}</b>`}: ${words(before)} → ${words(after)}</li>\n`;
}

/** Values as people read them, without an id, which says nothing to them. */
function words(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (typeof value !== 'object') return String(value);
  const told = Object.entries(value).filter(([key]) => key !== 'id');
  return told.map(([key, inner]) => `${key} ${typeof inner === 'object' ? JSON.stringify(inner) : String(inner)}`).join(', ') || 'nothing';
}

const HEAD = ['seq', 'at', 'by', 'by_id', 'via', 'type', 'what', 'before', 'after'];

/** RFC 4180. A cell that a spreadsheet would take for a formula is made text. */
export const csvHead = (): string => csvLine(HEAD);

export const csvRow = ({ seq, at, by, via, type, what, before, after }: AuditEntry): string =>
  csvLine([String(seq), at, by?.name ?? 'Muster', by?.id ?? '', via.name, type, what ?? '', JSON.stringify(before), JSON.stringify(after)]);

function csvLine(cells: readonly string[]): string {
  const safe = cells.map((cell) => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell));
  return `${safe.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\r\n`;
}
