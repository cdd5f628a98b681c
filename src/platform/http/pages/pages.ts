import { gzip } from 'node:zlib';
import { promisify } from 'node:util';
import type { Request, Response } from 'express';
import type { Config } from '#src/platform/config/config.schema';
import { documentOf, type Page } from './layout.ts';

const compress = promisify(gzip);

/** Below this a packet is sent anyway. */
const WORTH_IT_BYTES = 1_400;

const INSECURE = 'This Muster is served over plain http: anyone on the way can read along. Put https in front of it.';

/** Sends whole pages. They show what one person may see now, so nothing on the way keeps them. */
export class Pages {
  private readonly warning: string | null;

  constructor(config: Config) {
    this.warning = config.MUSTER_INSECURE_HTTP && config.PUBLIC_URL.startsWith('http:') ? INSECURE : null;
  }

  async send(request: Request, response: Response, page: Page, status = 200): Promise<void> {
    const document = Buffer.from(documentOf({ ...page, warning: this.warning }));
    response.status(status).type('html').setHeader('Cache-Control', 'no-store').vary('Accept-Encoding');
    if (document.length < WORTH_IT_BYTES || request.acceptsEncodings(['gzip', 'identity']) !== 'gzip') {
      response.send(document);
      return;
    }
    response.setHeader('Content-Encoding', 'gzip').send(await compress(document));
  }
}
