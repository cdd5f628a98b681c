import type { HttpIn } from '@musterhq/chat-port';
import { isWire, type Wire } from '#libs/wire/wire';
import { header } from './signature.ts';

/** JSON, a form, or JSON in a form's field; undefined when it is none of them. Bolt's own reader trips over a charset in the type. */
export function bodyOf(request: HttpIn): Wire | undefined {
  const text = Buffer.from(request.body).toString();
  const isForm = (header(request, 'content-type') ?? '').split(';')[0]?.trim().toLowerCase() === 'application/x-www-form-urlencoded';
  if (!isForm) return parsed(text);
  const form = new URLSearchParams(text);
  const payload = form.get('payload');
  return payload === null ? Object.fromEntries(form) : parsed(payload);
}

function parsed(json: string): Wire | undefined {
  try {
    const body: unknown = JSON.parse(json);
    return isWire(body) ? body : undefined;
  } catch {
    return undefined;
  }
}
