import { DataSource } from 'typeorm';
import { dataSourceOptions } from '#src/platform/database/data-source';
import { Database } from '#src/platform/database/database';
import { createLink } from './sign-in-links.ts';

const LOOK_MS = 3_000;

/** `npm run sign-in`: a fresh one-time link for the admin, made beside a Muster that may be running or not. */
export async function createSignInLink(databaseUrl: string, publicUrl: string): Promise<string> {
  const source = await new DataSource(dataSourceOptions(databaseUrl, 1)).initialize();
  try {
    return new URL(`/sign-in/${await createLink(new Database(source), 'admin')}`, publicUrl).href;
  } finally {
    await source.destroy();
  }
}

/** A link into nothing would be opened and blamed. Null when Muster is where the link leads. */
export async function whyLinkIsDead(publicUrl: string): Promise<string | null> {
  const { origin } = new URL(publicUrl);
  try {
    const answer = await fetch(new URL('/health/live', publicUrl), { signal: AbortSignal.timeout(LOOK_MS), redirect: 'manual' });
    const said = (await answer.json().catch(() => null)) as { live?: unknown } | null;
    if (said?.live === true) return null;
    return `What answers at ${origin} is not Muster, so the link leads nowhere. Run this with the PORT or PUBLIC_URL that Muster was started with.`;
  } catch {
    return `Muster does not answer at ${origin}. Start it first (npm start), then open the link: it is good for an hour. If it runs elsewhere, run this with the PORT or PUBLIC_URL that it was started with.`;
  }
}
