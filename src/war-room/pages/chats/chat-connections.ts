import type { SetupStep } from '@musterhq/chat-port';
import * as z from 'zod';
import { mustBeAllowed } from '#src/people/permissions.types';
import { type AtTheDoor, actorOf } from '#src/people/people.types';
import type { ChatSecrets, Secrets } from '#src/platform/chats/chat-secrets';
import { chatId } from '#src/platform/chats/chats-file';
import { type Database, type Tx, afterCommit, rows } from '#src/platform/database/database';
import type { Doorbell } from '#src/platform/doorbell/doorbell';
import { BadRequest } from '#src/platform/http/problems';
import type { StreamLog } from '#src/platform/log/log';
import { recordChange } from '#src/platform/log/organisation-log';
import { firstConfig } from './first-config.ts';
import { notePasted } from './pasted.ts';
import type { Found, Setups } from './setups.ts';

/** What an admin enters of a chat. */
export const chatToConnect = z.strictObject({
  /** The adapter of a chat that is new, where its id is not the adapter's. */
  plugin: z.string().max(60).optional(),
  name: z.string().trim().min(1).max(60).optional(),
  /** Only what its page asks for. */
  config: z.record(z.string(), z.unknown()).default({}),
  /** By the name that a step asks for. An empty one stays as it was. */
  secrets: z.record(z.string(), z.string().trim().max(1_000)).default({}),
});

export const connectedChat = z.object({ id: z.string(), name: z.string(), plugin: z.string() });

type ChatToConnect = z.infer<typeof chatToConnect>;

const RULED =
  'The settings of this chat come from where Muster is started (CHAT_ADAPTERS or MUSTER_CHATS), which counts first. Change them there, or take it out there and start Muster again to enter them here.';

/** A chat that can be disconnected. */
export interface Connected {
  readonly id: string;
  readonly name: string;
  readonly isAnnouncedIn: boolean;
  /** Of incidents that go on. */
  readonly rooms: number;
  /** What is still to be said there. */
  readonly waiting: number;
}

/** @throws BadRequest */
function mustBeEntered<Chat extends { readonly entered: boolean }>(chat: Chat | undefined): Chat {
  if (!chat) throw new BadRequest('There is no such chat. The page "Chats" lists those there are.', 404);
  if (!chat.entered) throw new BadRequest(RULED, 409);
  return chat;
}

interface RefusedSecret {
  readonly secret: string;
  readonly title: string;
  readonly why: string;
}

/** What is wrong, with which secret. */
export class SecretsRefused extends BadRequest {
  constructor(readonly refused: readonly RefusedSecret[]) {
    super(`Nothing was kept. ${refused.map(({ title, why }) => `${title}: ${why}`).join(' ')}`);
    this.name = 'SecretsRefused';
  }

  /** By secret. */
  get fields(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.refused.map(({ secret, why }) => [secret, why]));
  }
}

/** Chats that an admin connects on a page: their secrets are tried before they are kept, and taken into use without a start. */
export class ChatConnections {
  constructor(
    private readonly database: Database,
    private readonly setups: Setups,
    private readonly secrets: ChatSecrets,
    private readonly log: StreamLog,
    private readonly doorbell: Doorbell,
  ) {}

  /** Whether what is entered would lie there encrypted. Without, nothing is taken. */
  get canKeep(): boolean {
    return this.secrets.areSealed;
  }

  /** Connects it, or changes it. @throws NotAllowed, BadRequest with what is wrong with which secret */
  async connect(id: string, asked: ChatToConnect, by: AtTheDoor): Promise<z.infer<typeof connectedChat>> {
    mustBeAllowed(by, 'chat.connect');
    if (!this.canKeep)
      throw new BadRequest(
        'Muster has nothing to encrypt these with. Set MUSTER_SECRET where it is started, on every machine, and start it again.',
        409,
      );
    const readId = chatId.safeParse(id);
    if (!readId.success) throw new BadRequest(`The id "${id.slice(0, 40)}" ${readId.error.issues[0]?.message ?? 'is not usable'}.`);
    const found = await this.setups.find(id, { ...asked.config, plugin: asked.plugin, name: asked.name });
    if (found.ruledBy === 'operator') throw new BadRequest(RULED, 409);

    const entered = Object.fromEntries(Object.entries(asked.secrets).filter(([, value]) => value !== ''));
    const { row, steps } = await this.tried(found, asked, entered);
    await this.database.transaction(async (tx) => {
      await this.keep(tx, found, row, Object.keys(entered), by);
      // Whoever connects it has just made it from what stands there. Later only a person knows.
      if (!found.isThere) await notePasted(tx, id, steps);
    });
    return { id, name: row.name, plugin: row.plugin };
  }

  /** What this step gives to be pasted is pasted, as it is now. @throws NotAllowed, BadRequest */
  async pasted(id: string, step: string, by: AtTheDoor): Promise<void> {
    mustBeAllowed(by, 'chat.connect');
    const said = await this.setups.steps(await this.setups.find(id, {}));
    const steps = 'value' in said ? (said.value ?? []) : [];
    await this.database.transaction((tx) =>
      notePasted(
        tx,
        id,
        steps.filter((one) => one.id === step),
      ),
    );
  }

  /** What hangs on it, for whoever is about to disconnect it. @throws NotAllowed, BadRequest */
  async whatHangsOn(id: string, by: AtTheDoor): Promise<Connected> {
    mustBeAllowed(by, 'chat.connect');
    const [found] = await this.database.query<Connected & { entered: boolean }>(
      `select c.id, c.name, c.entered, exists (select 1 from announcement_rule r where r.instance = c.id) as "isAnnouncedIn",
              (select count(*)::int from mirror m join incident i on i.id = m.incident_id
                where m.instance = c.id and m.room is not null and m.state not in ('failed', 'closed') and i.ended_at is null) as rooms,
              (select count(*)::int from delivery d join mirror m on m.id = d.mirror_id
                where m.instance = c.id and d.lane = 'room' and not d.is_digest and d.status in ('pending', 'gathered', 'sending', 'unknown')) as waiting
         from chat_instance c where c.id = $1 and not c.pretend`,
      [id],
    );
    return mustBeEntered(found);
  }

  /** Its settings and secrets are gone; its rooms, and what was said there, stay. @throws NotAllowed, BadRequest */
  async disconnect(id: string, by: AtTheDoor): Promise<void> {
    mustBeAllowed(by, 'chat.connect');
    await this.database.transaction(async (tx) => {
      const [found] = await rows<{ name: string; entered: boolean }>(
        tx,
        'select name, entered from chat_instance where id = $1 and not pretend for update',
        [id],
      );
      const chat = mustBeEntered(found);
      await tx.query('delete from announcement_rule where instance = $1', [id]);
      await tx.query('delete from chat_instance where id = $1', [id]);
      await this.record(tx, 'chat.disconnected', chat.name, { before: { id }, after: null }, by);
      afterCommit(tx, () => this.doorbell.ring({ topic: 'chats', id }));
    });
  }

  /** As it would be. @throws BadRequest when its adapter does not accept it */
  private async tried(
    found: Found,
    { name, config }: ChatToConnect,
    entered: Secrets,
  ): Promise<{ row: Found['row']; steps: readonly SetupStep[] }> {
    const { id } = found;
    const before = Object.entries(this.secrets.open(id, found.row.secrets)).flatMap(([key, value]) =>
      value === null ? [] : [[key, value]],
    );
    const secrets = { ...(Object.fromEntries(before) as Secrets), ...entered };
    // Any other setting could name where the secrets that are kept are sent while they are tried.
    const open = firstConfig(found.plugin.config, {}).choices.map((choice) => choice.name);
    const closed = Object.keys(config).filter((each) => !open.includes(each));
    if (closed.length > 0)
      throw new BadRequest(
        `${closed.map((each) => `"${each.slice(0, 60)}"`).join(', ')} cannot be set here. ${open.length > 0 ? `What can be is ${open.join(', ')}; all` : 'All'} other settings come from where Muster is started. Leave them out and send it again.`,
      );
    const to = { ...(found.row.config as object), ...config };
    const { problemsOfConfig } = await import('#src/platform/chats/config-check');
    const wrong = problemsOfConfig(found.plugin.config, to) ?? [];
    if (wrong.length > 0) throw new BadRequest(`The settings are not as ${found.plugin.name} wants them: ${wrong.join('; ')}.`);

    const row = { ...found.row, name: name ?? found.row.name, config: to, secrets: this.secrets.seal(id, secrets), entered: true };
    const said = await this.setups.steps({ plugin: found.plugin, row });
    if ('problem' in said) throw new BadRequest(`Its adapter could not try them, so nothing was kept. ${said.problem}`, 409);
    const steps = said.value ?? [];
    const refused = steps.filter(({ ask, wrong: isWrong }) => ask && isWrong);
    const missing = steps.filter(({ ask }) => ask && !ask.optional && secrets[ask.secret] === undefined);
    if (refused.length + missing.length > 0)
      throw new SecretsRefused([
        ...refused.map(({ title, say, ask }) => ({ secret: ask?.secret ?? '', title, why: say })),
        ...missing.map(({ title, ask }) => ({ secret: ask?.secret ?? '', title, why: 'It is missing.' })),
      ]);
    return { row, steps };
  }

  private async keep(tx: Tx, found: Found, row: Found['row'], entered: readonly string[], by: AtTheDoor): Promise<void> {
    const { id, plugin, name, config, secrets } = row;
    const [before] = await rows<{ name: string; config: unknown }>(tx, 'select name, config from chat_instance where id = $1 for update', [
      id,
    ]);
    // What the operator wrote down meanwhile counts first.
    const kept = await rows(
      tx,
      `insert into chat_instance (id, plugin, name, config, secrets, entered) values ($1, $2, $3, $4, $5, true)
       on conflict (id) do update set name = excluded.name, config = excluded.config, secrets = excluded.secrets
        where chat_instance.entered and chat_instance.plugin = excluded.plugin returning id`,
      [id, plugin, name, JSON.stringify(config), JSON.stringify(secrets)],
    );
    if (kept.length === 0) throw new BadRequest(RULED, 409);
    await tx.query(`delete from chat_secret where instance = $1 and split_part(name, ':', 1) = any($2::text[])`, [id, entered]);
    const after = { id, plugin: found.row.plugin, name, config, secretsEntered: entered };
    await this.record(tx, before ? 'chat.changed' : 'chat.connected', name, { before: before ?? null, after }, by);
    afterCommit(tx, () => this.doorbell.ring({ topic: 'chats', id }));
  }

  private async record(tx: Tx, type: string, what: string, change: { before: unknown; after: unknown }, by: AtTheDoor): Promise<void> {
    const { person, via } = actorOf(by);
    await recordChange(tx, this.log, { type, by: person, via, data: { what, ...change } });
  }
}
