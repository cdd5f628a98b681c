import { type AdapterContext, type Attempt, done, refused } from '@musterhq/chat-port';
import type { BotToken } from '../outbound/bot-token.ts';
import type { ServiceAddress } from '../outbound/service-address.ts';
import type { TeamsConfig } from '../teams-config.ts';
import { faultOf, lostCall } from '../teams-faults.ts';
import { isServiceOf } from '../teams-hosts.ts';

/** As Teams names pictures to a bot. Graph may have other names for those that it alone shows. */
const OF_TEAMS = /^\d+-[\w-]+$/;

/** Pictures that people pasted, which Teams gives a bot by its own token: no permission is needed, and no address that a message names is gone to. */
export class Pictures {
  constructor(
    private readonly config: Pick<TeamsConfig, 'serviceUrl'>,
    private readonly service: Pick<ServiceAddress, 'get'>,
    private readonly token: BotToken,
    private readonly ctx: Pick<AdapterContext, 'fetch'>,
  ) {}

  async open(object: string, signal: AbortSignal): Promise<Attempt<Response>> {
    if (!OF_TEAMS.test(object)) return GONE;
    if (signal.aborted) return refused({ code: 'timeout', scope: 'message', native: 'aborted' });
    const service = await this.service.get();
    // What was kept may be of another configuration.
    const base = isServiceOf(this.config, service) ? service : this.config.serviceUrl;
    const token = await this.token.get(signal);
    if (token.outcome !== 'done') return token;
    try {
      const response = await this.ctx.fetch(`${base}/v3/attachments/${object}/views/original`, {
        headers: { authorization: `Bearer ${token.value}` },
        redirect: 'error',
        signal,
      });
      if (response.ok) return done(response);
      await response.body?.cancel().catch(() => undefined);
      if (response.status === 401) this.token.forget();
      if (response.status === 404 || response.status === 410) return GONE;
      if (response.status === 403) return NOT_GIVEN;
      return faultOf(response.status, undefined, response.headers.get('retry-after'));
    } catch (error) {
      return lostCall(error, signal);
    }
  }
}

const GONE = refused({ code: 'not-found', scope: 'message', detail: 'it is not in Teams any more' });
const NOT_GIVEN = refused({ code: 'forbidden', scope: 'message', detail: 'Teams does not give it to the app' });
