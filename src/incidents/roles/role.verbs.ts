import type { Block, Content } from '@musterhq/chat-port';
import { textContent } from '#libs/rich-text/text-content';
import { LEAD } from '#libs/war-room-protocol/roles';
import type { RoleView } from '#libs/war-room-protocol/views';
import type { Call, Reply, Verb } from '#src/conversation/conversation.types';
import { reply, requestOf } from '../incidents.verbs.ts';
import { RoleUnknown } from '../incidents.errors.ts';
import { personNamed } from '../named-person.queries.ts';
import type { RoleHolders } from './role-holders.service.ts';

export function roleVerbs(holders: RoleHolders): Verb[] {
  return [
    {
      name: 'lead',
      usage: 'lead <me, nobody or a name>',
      help: 'takes the lead, ends it, or hands it to somebody.',
      inRoom: true,
      ofSomebody: 'who-can',
      run: (call) => give(holders, call, LEAD, call.text || 'me'),
    },
    {
      name: 'role',
      usage: 'role <comms, ops, scribe, …> <me, nobody or a name>',
      help: 'the same for any role. With the role alone, it shows what that is.',
      inRoom: true,
      ofSomebody: 'who-can',
      async run(call) {
        const [key = '', ...who] = call.text.split(/\s+/);
        if (key === '') return shown(await holders.in(call.tx, requestOf(call).id), call.prefix);
        if (who.length > 0) return give(holders, call, key.toLowerCase(), who.join(' '));
        const { name, holder, instructions } = await known(holders, call, key.toLowerCase());
        return { say: textContent(`${name}: ${holder?.name ?? 'nobody yet'}. ${instructions}`), seq: null };
      },
    },
    {
      name: 'roles',
      usage: 'roles',
      help: 'shows who has which role.',
      inRoom: true,
      late: 'answer',
      run: async (call) => shown(await holders.in(call.tx, requestOf(call).id), call.prefix),
    },
  ];
}

async function give(holders: RoleHolders, call: Call, key: string, who: string): Promise<Reply> {
  const role = await known(holders, call, key);
  const to = who.toLowerCase() === 'nobody' ? null : await personNamed(call, who);
  const given = await holders.change(call.tx, requestOf(call), role.key, to);
  return reply(given, given.say);
}

/** @throws RoleUnknown */
async function known(holders: RoleHolders, call: Call, key: string): Promise<RoleView> {
  const all = await holders.in(call.tx, requestOf(call).id);
  const role = all.find((one) => one.key === key || one.name.toLowerCase() === key);
  if (!role)
    throw new RoleUnknown(
      key,
      all.map((one) => one.key),
    );
  return role;
}

function shown(roles: readonly RoleView[], prefix: string): Reply {
  const items = roles.map(({ key, name, holder }): Block[] => [
    {
      t: 'p',
      c: [
        { t: 'strong', c: [{ t: 'text', v: name }] },
        { t: 'text', v: ` ${holder?.name ?? 'nobody yet'} ` },
        { t: 'code', v: `${prefix}role ${key} me` },
      ],
    },
  ]);
  const say: Content = { blocks: [{ t: 'list', ordered: false, items }], summary: 'Who has which role' };
  return { say, seq: null };
}
