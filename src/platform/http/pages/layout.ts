import { type Html, html } from './html.ts';
import { COPY_PATH } from './copy.ts';
import { STYLE_PATH } from './style.ts';

export interface Page {
  readonly title: string;
  readonly body: Html;
  /** Where the name at the top leads: the list without a script, for pages that need none themselves. */
  readonly home?: string;
  /** One line above everything, for what the reader has to know on every page. */
  readonly warning?: string | null;
  /** Has texts marked `data-copy`, which get a button where there is a script to make it. */
  readonly copies?: boolean;
  /** The path of a script of its own, for what no form can do. */
  readonly script?: string;
}

/** A whole document. No script and no style in it: the content security policy refuses both. */
export function documentOf({ title, body, home = '/', warning, copies = false, script }: Page): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="dark light">
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${STYLE_PATH}">
${copies && html`<script src="${COPY_PATH}" defer></script>`}
${script !== undefined && html`<script src="${script}" defer></script>`}
<title>${title} · Muster</title>
</head>
<body>
${warning && html`<p class="warning" role="note">${warning}</p>`}
<header class="top"><a href="${home}">Muster</a></header>
<main>
${body}
</main>
</body>
</html>
`.markup;
}
