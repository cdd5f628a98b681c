export interface StreamMessage {
  readonly event: string;
  readonly data: string;
}

/** Reads server-sent events out of text that arrives in pieces. Comments and fields it does not know are passed over. */
export class StreamLines {
  #rest = '';
  #event = '';
  #data: string[] = [];

  read(piece: string): readonly StreamMessage[] {
    const lines = (this.#rest + piece).split(/\r\n|\n|\r(?!$)/);
    this.#rest = lines.pop() ?? '';
    return lines.flatMap((line) => this.#line(line));
  }

  #line(line: string): readonly StreamMessage[] {
    if (line === '') return this.#end();
    const [, field, value] = /^([^:]*):? ?(.*)$/s.exec(line) ?? [];
    if (field === 'event') this.#event = value ?? '';
    if (field === 'data') this.#data.push(value ?? '');
    return [];
  }

  #end(): readonly StreamMessage[] {
    const message = { event: this.#event || 'message', data: this.#data.join('\n') };
    const empty = this.#data.length === 0;
    this.#event = '';
    this.#data = [];
    return empty ? [] : [message];
  }
}
