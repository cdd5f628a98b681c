import { uuidv7 } from 'uuidv7';
import type { Post } from './history.ts';

const PATIENCE_MS = 30_000;
/** As the page does it: soon, and not so often that the retries themselves keep the server busy. */
const RETRY_MS = 200;

/**
 * Somebody at a page: writes one post after the other, each again with the same id until it is acknowledged, and the
 * next only then.
 */
export async function write(
  url: string,
  token: string,
  author: string,
  texts: readonly string[],
  pause: () => number,
  history: Post[],
): Promise<void> {
  for (const text of texts) {
    await new Promise((resolve) => setTimeout(resolve, pause()));
    const post: Post = { id: uuidv7(), author, text, invokedAt: Date.now(), acknowledgedAt: null };
    history.push(post);
    await untilKept(url, token, post);
    // What was given up may still be kept by a request that is under way: whoever wrote on would not know in which order.
    if (post.acknowledgedAt === null) return;
  }
}

async function untilKept(url: string, token: string, post: Post): Promise<void> {
  const body = JSON.stringify({ id: post.id, type: 'message', body: { text: post.text } });
  while (Date.now() - post.invokedAt < PATIENCE_MS) {
    const status = await fetch(url, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body,
      signal: AbortSignal.timeout(5_000),
    }).then(
      async (response) => {
        await response.text();
        return response.status;
      },
      () => null,
    );
    if (status === 200) {
      post.acknowledgedAt = Date.now();
      return;
    }
    if (status !== null && status < 500) throw new Error(`a post was answered ${status}`);
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
}
