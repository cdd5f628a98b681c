import { readdirSync, readFileSync } from 'node:fs';
import { ROOT } from '../rules/planted.ts';

/** A fenced piece of a document. */
export interface Block {
  readonly document: string;
  readonly line: number;
  readonly language: string;
  /** The file that it is, when its name stands above it. */
  readonly file?: string;
  readonly code: string;
}

/** Every fenced block of every document that a contributor may read. */
export function blocks(): Block[] {
  return ['.', 'docs', 'src', 'adapters', 'libs', 'test']
    .flatMap((folder) =>
      readdirSync(`${ROOT}/${folder}`, { recursive: folder !== '.', encoding: 'utf8' }).map((path) => `${folder}/${path}`),
    )
    .filter((path) => path.endsWith('.md') && !/\/(node_modules|dist)\//.test(path))
    .map((path) => path.replace('./', ''))
    .sort()
    .flatMap((document) => blocksOf(document, readFileSync(`${ROOT}/${document}`, 'utf8')));
}

export function blocksOf(document: string, text: string): Block[] {
  return [...text.matchAll(/^(?:\*\*`([^`\n]+)`\*\*\n\n)?( *)```(\w*)\n(.*?)^\2```$/gms)].map(
    ({ 1: file, 2: indent = '', 3: language = '', 4: code = '', 0: whole, index }) => ({
      document,
      line: text.slice(0, index + whole.indexOf('```')).split('\n').length,
      language,
      ...(file !== undefined && { file }),
      code: code.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
    }),
  );
}
