import { readdirSync, readFileSync } from 'node:fs';
import { ROOT } from '../rules/planted.ts';

/** A fenced piece of a document. */
export interface Block {
  readonly document: string;
  readonly line: number;
  readonly language: string;
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
  return [...text.matchAll(/^```(\w*)\n(.*?)^```$/gms)].map(({ 1: language = '', 2: code = '', index }) => ({
    document,
    line: text.slice(0, index).split('\n').length,
    language,
    code,
  }));
}
