import { crc32 } from 'node:zlib';

export interface ZippedFile {
  readonly name: string;
  readonly bytes: Buffer;
}

/** A moment in the format's own count: the same files make the same bytes. */
const TIME = 0;
const DATE = (2026 - 1980) * 512 + 1 * 32 + 1;
const VERSION = 20;

/** A zip file with its files as they are, not made smaller: what is in one here is pictures and a page of text. */
export function zipOf(files: readonly ZippedFile[]): Buffer {
  const bodies: Buffer[] = [];
  const index: Buffer[] = [];
  let at = 0;
  for (const { name, bytes } of files) {
    const called = Buffer.from(name, 'utf8');
    const about = Buffer.alloc(26);
    about.writeUInt16LE(VERSION, 0);
    about.writeUInt16LE(TIME, 6);
    about.writeUInt16LE(DATE, 8);
    about.writeUInt32LE(crc32(bytes), 10);
    about.writeUInt32LE(bytes.length, 14);
    about.writeUInt32LE(bytes.length, 18);
    about.writeUInt16LE(called.length, 22);
    const body = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), about, called, bytes]);
    const where = Buffer.alloc(14);
    where.writeUInt32LE(at, 10);
    index.push(Buffer.concat([Buffer.from('PK\x01\x02', 'latin1'), u16(VERSION), about, where, called]));
    bodies.push(body);
    at += body.length;
  }
  const listed = Buffer.concat(index);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...bodies, listed, end]);
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}
