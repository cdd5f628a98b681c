import { randomUUID } from 'node:crypto';

/** As a shell puts it into what stands in quotes. */
const A_NEW_ID = `'$(node -p 'crypto.randomUUID()')'`;

interface Request {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** The curls of a document, in order. A shell is not asked to run them: curl is not on every machine that tests. */
export function curlsOf(text: string): Request[] {
  return [...text.matchAll(/^curl (?:-X (\w+) )?'?http:\/\/localhost:3000([^\s']+)'?((?: ?\\\n[^\\\n]+)+)/gm)].map(
    ([, method = 'GET', path = '', rest = '']) => {
      const headers = [...rest.matchAll(/^ +-H '([^:]+): ([^']+)'/gm)].map(([, name = '', value = '']) => [name, value] as const);
      const [, body = ''] = /^ +-d '([^']+)'/m.exec(rest.replace(A_NEW_ID, () => randomUUID())) ?? [];
      return { method, path, headers: Object.fromEntries(headers), body };
    },
  );
}
