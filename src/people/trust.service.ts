import { type Database, rows } from '#src/platform/database/database';
import type { StreamLog } from '#src/platform/log/log';
import { recordChange } from '#src/platform/log/organisation-log';
import { type AccountEvidence, mailbox } from './evidence.service.ts';
import { ChatNotKnown } from './people.errors.ts';
import { mustBeAllowed } from './permissions.types.ts';
import { type AtTheDoor, actorOf } from './people.types.ts';

/** What of the evidence counts: which chats are believed, and which mailboxes are nobody's own. */
export class Trust {
  constructor(
    private readonly database: Database,
    private readonly log: StreamLog,
    private readonly evidence: AccountEvidence,
  ) {}

  /** From now on, and for what was heard before: what it says of who somebody is joins people by itself, or does not. @throws NotAllowed, ChatNotKnown */
  async believe(instance: string, trusted: boolean, by: AtTheDoor): Promise<void> {
    mustBeAllowed(by, 'people.manage');
    await this.database.transaction(async (tx) => {
      const [chat] = await rows<{ name: string }>(tx, 'select name from chat_instance where id = $1 and not pretend', [instance]);
      if (!chat) throw new ChatNotKnown();
      const changed = trusted
        ? await rows(tx, 'insert into trusted_chat (instance) values ($1) on conflict do nothing returning 1', [instance])
        : await rows(tx, 'delete from trusted_chat where instance = $1 returning 1', [instance]);
      if (changed.length === 0) return;
      if (trusted) await this.evidence.trusted(tx, instance);
      await recordChange(tx, this.log, {
        type: 'person.chat-trusted',
        ...said(by),
        data: { what: chat.name, before: { instance, trusted: !trusted }, after: { instance, trusted } },
      });
    });
  }

  /** Whoever has this address is not known by it. Who was joined by it before stays so, until an admin says that they are two. @throws NotAllowed */
  async share(address: string, shared: boolean, by: AtTheDoor): Promise<void> {
    mustBeAllowed(by, 'people.manage');
    const box = mailbox(address);
    await this.database.transaction(async (tx) => {
      const changed = shared
        ? await rows(tx, 'insert into shared_mailbox (address) values ($1) on conflict do nothing returning 1', [box])
        : await rows(tx, 'delete from shared_mailbox where address = $1 returning 1', [box]);
      if (changed.length === 0) return;
      await recordChange(tx, this.log, {
        type: 'person.mailbox-shared',
        ...said(by),
        data: { what: box, before: { shared: !shared }, after: { shared } },
      });
    });
  }
}

function said(by: AtTheDoor) {
  const { person, via } = actorOf(by);
  return { by: person, via };
}
