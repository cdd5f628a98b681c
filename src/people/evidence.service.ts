import type { Profile, UserRef } from '@musterhq/chat-port';
import { type Tx, rows } from '#src/platform/database/database';
import { isStorable } from '#src/platform/database/storable';
import { BY_EVIDENCE, type Joining } from './joining.service.ts';
import type { PersonId } from './people.types.ts';

/** Addresses that RFC 2142 gives to a task, and those that every organisation has besides: people share them. */
const OF_A_TASK = new Set(
  'abuse admin alerts billing contact dev help helpdesk hello hostmaster info it marketing no-reply noc noreply office on-call oncall ops postmaster root sales security sre support sysadmin team webmaster'.split(
    ' ',
  ),
);
const LONGEST = 320;

/** As it is compared: the part before the @ is one mailbox in any letters, everywhere that matters. */
export const mailbox = (address: string): string => address.trim().toLowerCase();

export const isOfATask = (address: string): boolean => OF_A_TASK.has(address.split('@')[0]?.split('+')[0] ?? '');

/**
 * What chats say of who an account is, kept with where and when, and the joins that follow from it by themselves. Those
 * need the same word from two chats that an admin trusts, each of one account only: what two people of one chat share is
 * nobody's.
 */
export class AccountEvidence {
  constructor(private readonly joining: Joining) {}

  /** In a transaction: what a chat says of this account now takes the place of what it said before. */
  async keep(tx: Tx, { adapter, tenant, user }: UserRef, { email, idp, bot, active }: Profile): Promise<void> {
    const account = [adapter, tenant, user];
    await tx.query('delete from account_evidence where instance = $1 and tenant = $2 and native_user = $3', account);
    await tx.query('update account set deactivated = $4 where instance = $1 and tenant = $2 and native_user = $3 and deactivated <> $4', [
      ...account,
      !active,
    ]);
    if (bot || !active) return;
    const said = [
      ...(email ? [{ kind: 'mail', value: mailbox(email.address), verified: email.verified }] : []),
      ...(idp ? [{ kind: 'idp', value: idp, verified: true }] : []),
    ].filter(({ value }) => value !== '' && value.length <= LONGEST && isStorable(value));
    for (const { kind, value, verified } of said)
      await tx.query(
        'insert into account_evidence (instance, tenant, native_user, kind, value, verified) values ($1, $2, $3, $4, $5, $6)',
        [...account, kind, value, verified],
      );
    if (said.length > 0) await this.follow(tx, `e.instance = $1 and e.tenant = $2 and e.native_user = $3`, account);
  }

  /** In a transaction: everything that follows now that a chat's word counts. */
  trusted(tx: Tx, instance: string): Promise<void> {
    return this.follow(tx, 'e.instance = $1', [instance]);
  }

  private async follow(tx: Tx, which: string, values: readonly unknown[]): Promise<void> {
    const found = await rows<{ one: PersonId; other: PersonId; kind: 'idp' | 'mail'; value: string }>(
      tx,
      `select a.person_id as one, b.person_id as other, e.kind, e.value
         from account_evidence e join account a using (instance, tenant, native_user)
         join account_evidence f on f.kind = e.kind and f.value = e.value and (f.instance, f.tenant) <> (e.instance, e.tenant)
         join account b on (b.instance, b.tenant, b.native_user) = (f.instance, f.tenant, f.native_user)
        where ${which} and e.verified and f.verified
          and e.instance in (select instance from trusted_chat) and f.instance in (select instance from trusted_chat)
          and not exists (select 1 from shared_mailbox s where e.kind = 'mail' and s.address = e.value)
          and not exists (select 1 from account_evidence g where g.kind = e.kind and g.value = e.value group by g.instance, g.tenant having count(*) > 1)
          and not exists (select 1 from person_apart x join one_person p on p.own_id = x.one join one_person q on q.own_id = x.other
                           where (p.id, q.id) in (select m.id, n.id from one_person m, one_person n where (m.own_id, n.own_id) in ((a.person_id, b.person_id), (b.person_id, a.person_id))))
          and not exists (select 1 from person p where p.id in (a.person_id, b.person_id) and p.role = 'guest')
          and not exists (select 1 from chat_instance c where c.id in (e.instance, f.instance) and c.pretend)
          and not exists (select 1 from one_person p join one_person q on q.id = p.id where p.own_id = a.person_id and q.own_id = b.person_id)
        order by e.kind, e.value, f.instance, f.tenant`,
      [...values],
    );
    for (const { one, other, kind, value } of found)
      if (kind === 'idp' || !isOfATask(value)) await this.joining.joinIn(tx, one, other, kind, BY_EVIDENCE);
  }
}
