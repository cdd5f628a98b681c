const DEPTH = 32;
const [QUOTE, BACKSLASH, OPEN, CLOSE, OPEN_LIST, CLOSE_LIST] = Array.from('"\\{}[]', (c) => c.charCodeAt(0));

export class TooDeep extends Error {
  constructor() {
    super(`The body is nested more than ${DEPTH} levels deep. Nothing here needs that; send it flatter.`);
    this.name = 'TooDeep';
  }
}

/** Before it is parsed: whoever walks through what was parsed may then do so without fear for the stack. @throws TooDeep */
export function refuseDeepJson(body: Uint8Array): void {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < body.length; at++) {
    const byte = body[at];
    if (quoted) {
      if (byte === BACKSLASH) at++;
      else if (byte === QUOTE) quoted = false;
    } else if (byte === QUOTE) quoted = true;
    else if (byte === OPEN || byte === OPEN_LIST) {
      if (++depth > DEPTH) throw new TooDeep();
    } else if (byte === CLOSE || byte === CLOSE_LIST) depth--;
  }
}
