import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { RunningMuster } from '../../processes/running-muster.ts';
import { freePort } from '#test/support/free-port';
import { openBrowser } from './browser.ts';
import { Visitor } from './visitor.ts';

/** Who holds what processes take turns at, while no time passes. */
const TIME = '00000000-0000-4000-8000-000000000000';

const DRILL = '00000000-0000-4000-8000-000000000001';

/** Muster as `npm start` runs it, with data of its own, and a browser for whoever comes to look at it. */
export class Stage {
  readonly #visitors: Visitor[] = [];
  readonly #dataDir = mkdtempSync(join(tmpdir(), 'muster-browser-'));
  #port = 0;
  #muster: RunningMuster | undefined;
  #browser: Browser | undefined;

  async open(): Promise<void> {
    this.#port = await freePort();
    this.#browser = await openBrowser();
    await this.startMuster();
  }

  async close(): Promise<void> {
    await this.#browser?.close();
    await this.stopMuster();
    rmSync(this.#dataDir, { recursive: true, force: true });
  }

  /** The same Muster again after it was stopped: the same address, the same data. */
  async startMuster(): Promise<void> {
    const muster = new RunningMuster({ port: this.#port, dataDir: this.#dataDir, env: { MUSTER_PRINT_SIGN_IN: '1' } });
    this.#muster = muster;
    await muster.ready();
  }

  async stopMuster(): Promise<void> {
    await this.#muster?.pressCtrlC();
  }

  /** The links that Muster printed when it started. */
  get practiceLink(): string {
    return this.#printed(/^See it in two minutes: (\S+)$/m);
  }

  get signInLink(): string {
    return this.#printed(/^Start for real: (http\S+)$/m);
  }

  /** Two chats, so that one has to be chosen. Nothing speaks to them: whoever looks at what is to be done with a chat takes them away again. */
  async twoChats(areThere: boolean): Promise<void> {
    await this.#muster?.ask(
      areThere
        ? `with chats as (insert into chat_instance (id, plugin, name, config)
                  values ('a-chat', 'nobodys', 'Slack of the whole company in Europe', '{}'), ('b-chat', 'nobodys', 'Teams', '{}') returning id)
           insert into chat_tenant (instance, tenant) select id, 'T1' from chats`
        : `delete from chat_instance where plugin = 'nobodys'`,
    );
  }

  /** A drill that is over, with a goal that was kept, one that was missed, and one that was not measured. Its id. */
  async aDrillThatWas(): Promise<string> {
    const line = { what: 'Muster says that Slack is down', goal: 'within 60 seconds', came: 'after 51 seconds', is: 'kept', improve: null };
    const missed = { ...line, what: 'Those who take part go on in the war room', goal: 'all of them', came: '2 of 6', is: 'missed' };
    const report = { kept: 1, of: 2, lines: [line, { ...missed, improve: 'Show them its address.' }, { ...line, is: 'unmeasured' }] };
    await this.#muster?.ask(
      `insert into drill (id, incident_id, chat, tenant, chat_name, instance, fault, minutes, tells, asked_by, pace, phase, broken_at, healed_at, over_at, report)
       select '${DRILL}', i.id, 'slack', 'T1', 'Slack', 'drill', 'flood', 5, true, i.declared_by, 1, 'over', now(), now(), now(), '${JSON.stringify(report)}'
         from incident i order by i.declared_at limit 1`,
    );
    return DRILL;
  }

  /**
   * Until time passes, nobody looks what an incident waits for. Whoever looks knows from then on what was said until then, which
   * never changes: that it had happened earlier would be news to nobody.
   */
  async nobodyLooksUntilTimePasses(): Promise<void> {
    await this.#muster?.ask(
      `insert into chat_lease (instance, tenant, owner, until) values ('*', 'nudges', '${TIME}', 'infinity')
       on conflict (instance, tenant) do update set owner = excluded.owner, until = excluded.until`,
    );
  }

  /** As if all of an incident had happened so much earlier: nobody sleeps until something is due. */
  async timePasses(reference: string, minutes: number): Promise<void> {
    await this.#muster?.ask(
      `with free as (delete from chat_lease where owner = '${TIME}')
       update event set at = at - interval '${minutes} minutes',
              data = case when data ? 'nextUpdateBy' then data || jsonb_build_object('nextUpdateBy', (data ->> 'nextUpdateBy')::timestamptz - interval '${minutes} minutes') else data end
        where stream_id = (select id from incident where reference = '${reference}')`,
    );
  }

  /** A chat whose room the incident is also in took everything but these words. It is not connected: nothing is said to it. */
  async chatRefuses(reference: string, text: string): Promise<void> {
    await this.#muster?.ask(
      `with mirrored as (insert into mirror (id, incident_id, instance, tenant, surface, state, room, name)
              select gen_random_uuid(), id, 'slack', 'T1', 'Slack', 'open', 'C1', '#inc' from incident where reference = '${reference}' returning id, incident_id)
       insert into delivery (id, mirror_id, lane, position, operation, message_id, content, status, attempts, fault)
       select gen_random_uuid(), r.id, 'room', e.seq, 'send', e.id, '{"blocks":[],"summary":""}', 'refused', 1, '{"code":"closed","scope":"room"}'
         from mirrored r join event e on e.stream_id = r.incident_id where e.data ->> 'text' = '${text}'`,
    );
  }

  /** Somebody new, with a browser that knows nothing. */
  async visitor(options?: BrowserContextOptions): Promise<Visitor> {
    if (!this.#browser) throw new Error('The stage is not open.');
    const visitor = await Visitor.in(this.#browser, `http://localhost:${this.#port}`, options);
    this.#visitors.push(visitor);
    return visitor;
  }

  async sendVisitorsHome(): Promise<void> {
    for (const visitor of this.#visitors.splice(0)) await visitor.context.close();
  }

  #printed(line: RegExp): string {
    const link = line.exec(this.#muster?.output ?? '')?.[1];
    if (!link) throw new Error(`Muster printed no ${line} but:\n${this.#muster?.output}`);
    return link;
  }
}

/** One stage for the tests of a file; every test has visitors of its own. */
export function useStage(): Stage {
  const stage = new Stage();
  beforeAll(() => stage.open(), 180_000);
  afterEach(() => stage.sendVisitorsHome());
  afterAll(() => stage.close(), 60_000);
  return stage;
}
