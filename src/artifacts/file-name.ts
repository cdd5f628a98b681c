import { TEXT } from './media-type.ts';

const NAME_CHARS = 120;

/** What each kind may be called. The first is what it is called when its name says something else. */
const ENDINGS: Readonly<Record<string, readonly string[]>> = {
  'image/png': ['png'],
  'image/jpeg': ['jpg', 'jpeg'],
  'image/gif': ['gif'],
  'image/webp': ['webp'],
  'video/mp4': ['mp4', 'm4v'],
  'application/pdf': ['pdf'],
  'application/zip': ['zip'],
  'application/gzip': ['gz', 'tgz'],
  [TEXT]: [
    'txt',
    'log',
    'csv',
    'tsv',
    'json',
    'jsonl',
    'ndjson',
    'md',
    'yaml',
    'yml',
    'toml',
    'ini',
    'conf',
    'diff',
    'patch',
    'sql',
    'xml',
  ],
};

/**
 * The name as it is kept: without folders and characters that do not show, and with an ending that its bytes keep. On the
 * machine of whoever opens it the ending decides what is started, so "report.html" with text in it becomes
 * "report.html.txt".
 */
export function fileName(given: string, mediaType: string): string {
  const endings = ENDINGS[mediaType] ?? ['bin'];
  const name = plain(given);
  const at = name.lastIndexOf('.');
  const [stem, ending] = at > 0 ? [name.slice(0, at), name.slice(at + 1)] : [name, ''];
  if (endings.includes(ending.toLowerCase())) return `${cut(stem || 'file')}.${ending}`;
  return `${cut(name || 'file')}.${endings[0]}`;
}

const cut = (text: string): string => [...text].slice(0, NAME_CHARS).join('');

/** Controls, marks that turn the direction of writing, and halves of characters: nobody sees them, and they deceive. */
const plain = (given: string): string =>
  (given.split(/[/\\]/).at(-1) ?? '')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\ufffd"<>|:*?]/gu, '')
    .replace(/\s+/g, ' ')
    .replace(/^[.\s]+|[.\s]+$/g, '');
