import { createSignInLink, whyLinkIsDead } from '#src/people/sign-in-link';
import { readConfig } from '#src/platform/config/config';
import { environment } from '#src/platform/config/environment';
import { migrate } from '#src/platform/database/migrate';
import { program } from '#src/platform/processes/program';
import { reachDatabase } from '#src/platform/processes/reach-database';

/** `npm run sign-in`: one line, a link that works once. A database started only for this is stopped again. */
export const printSignInLink = (): Promise<void> =>
  program(async () => {
    const config = readConfig(environment);
    const { url, close } = await reachDatabase(config);
    try {
      await migrate(url);
      console.log(await createSignInLink(url, config.PUBLIC_URL));
      const dead = await whyLinkIsDead(config.PUBLIC_URL);
      if (dead) console.error(dead);
    } finally {
      await close();
    }
  });
