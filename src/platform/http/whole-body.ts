import type { IncomingMessage } from 'node:http';
import { BadRequest } from './problems.ts';

const MOST_BYTES = 1_048_576;

/**
 * The bytes as they came, up to 1 MiB.
 *
 * @throws BadRequest when there are more, or they are compressed; null when the caller went away before they were here
 */
export function wholeBody(request: IncomingMessage): Promise<Buffer | null> {
  const encoding = request.headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity')
    return Promise.reject(new BadRequest('The body is compressed. Send it as it is.', 415));
  if (Number(request.headers['content-length'] ?? 0) > MOST_BYTES) return Promise.reject(tooLarge());

  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= MOST_BYTES) chunks.push(chunk);
      else reject(tooLarge());
    });
    request.once('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    request.once('error', () => resolve(null));
    request.once('close', () => resolve(null));
  });
}

/** Once it is answered, Node reads the rest and forgets it. */
const tooLarge = (): BadRequest => new BadRequest('The body is larger than 1 MiB. Send less.', 413);
