import type { MirrorView } from '#libs/war-room-protocol/mirrors';
import { type Html, html } from '#src/platform/http/pages/html';

/** Where a message is missing, or may be, with the button that has it said again; nothing where it is not. */
export function unsaidHtml(
  mirrors: readonly MirrorView[],
  message: { readonly id: string; readonly seq: number },
  incident: string,
): Html | null {
  const lines = mirrors.flatMap(({ surface, doubtful, refused }) => {
    const refusal = refused.find(({ messageId }) => messageId === message.id);
    if (refusal) return [`${surface.name} did not take it. ${refusal.why}`];
    return doubtful.includes(message.id) ? [`Not known whether ${surface.name} has it.`] : [];
  });
  if (lines.length === 0) return null;
  return html`<form method="post" action="/lite/i/${incident}"><input type="hidden" name="do" value="say-again"><input type="hidden" name="about" value="${message.seq}"><p class="trouble">${lines.join(' ')}</p><button>Say it again</button></form>`;
}
