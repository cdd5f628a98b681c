import { DataSource } from 'typeorm';
import { dataSourceOptions } from '#src/platform/database/data-source';
import { Database } from '#src/platform/database/database';
import { createLink } from './sign-in-links.ts';

/** `npm run sign-in`: a fresh one-time link for the admin, made beside a Muster that may be running or not. */
export async function createSignInLink(databaseUrl: string, publicUrl: string): Promise<string> {
  const source = await new DataSource(dataSourceOptions(databaseUrl, 1)).initialize();
  try {
    return new URL(`/sign-in/${await createLink(new Database(source), 'admin')}`, publicUrl).href;
  } finally {
    await source.destroy();
  }
}
