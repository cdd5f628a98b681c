import { type Wire, stringOf } from '#libs/wire/wire';

/** A picture that somebody pasted. */
export interface Picture {
  /** What Teams calls it. */
  readonly object: string;
  readonly mime?: string;
  readonly name?: string;
}

/** As it stands beside the words that Teams tells a bot. Undefined: nobody knows how to get it. */
export function pictureBeside({ contentUrl, contentType, name }: Wire): Picture | undefined {
  const object = /\/v3\/attachments\/([\w-]+)\/views\//.exec(stringOf(contentUrl) ?? '')?.[1];
  if (object === undefined) return undefined;
  const [mime] = /^image\/[a-z]+$/.exec(stringOf(contentType) ?? '') ?? [];
  const called = stringOf(name);
  return { object, ...(mime !== undefined && { mime }), ...(called !== undefined && called !== '' && { name: called }) };
}

/** By the address that an element of the message shows it from: as a bot is told, or as Graph writes it. */
export function pictureIn(src: string): Picture | undefined {
  const object = objectIn(src) ?? hostedIn(src);
  return object === undefined ? undefined : { object };
}

/** Teams' own name of a picture, in what leads to it. */
const objectIn = (text: string): string | undefined => /\/objects\/([\w-]+)\/views\//.exec(text)?.[1];

/** Graph's name for it is an address of the former kind, written so that it has no slashes; where it is not, it is a name of its own. */
function hostedIn(src: string): string | undefined {
  const hosted = /\/hostedContents\/([\w%+=-]+)\/\$value/.exec(src)?.[1];
  return hosted === undefined ? undefined : objectOfHosted(hosted.replaceAll('%3D', '='));
}

export const objectOfHosted = (hosted: string): string => objectIn(Buffer.from(hosted, 'base64').toString('latin1')) ?? hosted;
