import { StreamLines } from './stream-lines.ts';

describe('Reading the stream', () => {
  it('reads the same events however the text is cut', () => {
    const text = 'event: room\nid: 7\ndata: {"a":1}\n\n: ping\n\nevent: mirrors\r\ndata: [\r\ndata: ]\r\n\r\n';
    const expected = [
      { event: 'room', data: '{"a":1}' },
      { event: 'mirrors', data: '[\n]' },
    ];

    for (let size = 1; size <= text.length; size += 1) {
      const lines = new StreamLines();
      const pieces = Array.from({ length: Math.ceil(text.length / size) }, (_, index) => text.slice(index * size, (index + 1) * size));
      expect(pieces.flatMap((piece) => lines.read(piece))).toEqual(expected);
    }
  });

  it('passes over pings and events without data', () => {
    expect(new StreamLines().read(': ping\n\nevent: bye\n\n')).toEqual([]);
  });

  it('keeps colons in what is said', () => {
    expect(new StreamLines().read('data: a: b\n\n')).toEqual([{ event: 'message', data: 'a: b' }]);
  });
});
