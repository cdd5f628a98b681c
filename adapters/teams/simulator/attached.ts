import { randomUUID } from 'node:crypto';

/** What somebody sends with their words: a picture that they paste, or a file, which Teams puts into the channel's folder. */
export type Attached =
  | { readonly kind: 'picture'; readonly id: string; readonly mime: string; readonly bytes: Uint8Array }
  | { readonly kind: 'file'; readonly id: string; readonly name: string; readonly bytes: Uint8Array }
  /** Of another app, or of a link. */
  | { readonly kind: 'card'; readonly id: string };

export const picture = (bytes: Uint8Array, mime = 'image/png'): Attached => ({
  kind: 'picture',
  id: `0-weu-d10-${randomUUID().replaceAll('-', '')}`,
  mime,
  bytes,
});

export const file = (name: string, bytes: Uint8Array): Attached => ({ kind: 'file', id: randomUUID(), name, bytes });

export const card = (): Attached => ({ kind: 'card', id: randomUUID() });

/** Where the picture is kept, as people's own clients show it from there. A bot has no way in. */
const addressOf = (object: string): string => `https://eu-api.asm.skype.com/v1/objects/${object}/views/imgo`;

/** As a bot is told: a picture in the HTML and beside it, a file in the HTML alone. `beside`: not all of Teams' clients do that. */
export function told(attached: readonly Attached[], serviceUrl: string, beside = true): { html: string; attachments: object[] } {
  const html = attached.map((one) =>
    one.kind === 'picture'
      ? `<div><img alt="image" src="${addressOf(one.id)}" itemscope itemtype="http://schema.skype.com/AMSImage" itemid="${one.id}"></div>`
      : `<attachment id="${one.id}"></attachment>`,
  );
  const pictures = attached.flatMap((one) =>
    one.kind === 'picture' && beside
      ? [{ contentType: one.mime, contentUrl: `${serviceUrl}/v3/attachments/${one.id}/views/original` }]
      : [],
  );
  return { html: html.join(''), attachments: pictures };
}

/** Graph's name of a picture: where it is kept, written without slashes. */
export const hostedId = (object: string): string => Buffer.from(`id=x_${object},type=1,url=${addressOf(object)}`).toString('base64');

/** As Graph shows it. `message`: where that is in Graph. */
export function shown(attached: readonly Attached[], message: string, folderUrl: string): { html: string; attachments: object[] } {
  const html = attached.map((one) =>
    one.kind === 'picture'
      ? `<div><img alt="image" src="${message}/hostedContents/${hostedId(one.id)}/$value" itemid="${one.id}"></div>`
      : `<attachment id="${one.id}"></attachment>`,
  );
  const attachments = attached.flatMap((one): object[] => {
    if (one.kind === 'picture') return [];
    const empty = { id: one.id, content: null, thumbnailUrl: null };
    return one.kind === 'file'
      ? [{ ...empty, contentType: 'reference', contentUrl: `${folderUrl}/${one.name}`, name: one.name }]
      : [
          {
            ...empty,
            contentType: 'application/vnd.microsoft.card.thumbnail',
            contentUrl: null,
            content: '{"title":"A page"}',
            name: null,
          },
        ];
  });
  return { html: html.join(''), attachments };
}
