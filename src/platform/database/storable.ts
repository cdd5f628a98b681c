/** PostgreSQL keeps no NUL and no half of a surrogate pair, neither in text nor in jsonb. */
const UNSTORABLE = /[\0\p{Surrogate}]/u;
const IN_JSON = /\\(u0000|ud[89a-f][0-9a-f]{2}|.)/gs;

export const isStorable = (text: string): boolean => !UNSTORABLE.test(text);

/** What cannot be kept becomes the replacement character: a strange letter in a message must not cost the message. */
export const storable = (text: string): string => text.replace(new RegExp(UNSTORABLE, 'gu'), '\ufffd');

/** The same for everything in a value, its keys too. Both are always written as escapes, so one pass over the text finds them. */
export const storableJson = (value: unknown): string =>
  JSON.stringify(value).replace(IN_JSON, (escape, what: string) => (what.length > 1 ? '\ufffd' : escape));
