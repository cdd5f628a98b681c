import { uuidv7 } from 'uuidv7';
import type { RoomEvent } from '#libs/war-room-protocol/events';
import { Conversation } from '#src/conversation/conversation.service';
import { viewerOf } from '#src/incidents/visibility.queries';
import { People } from '#src/people/people.service';
import { StreamLog } from '#src/platform/log/log';
import { FakeChat } from '#test/rooms/fake-chat';
import { useApp } from '#test/support/app';
import { fold } from '#test/support/fold';
import { SomePerson } from '#test/support/person';
import { stateOf } from '#test/support/state';
import { until } from '#test/support/until';

interface Joins {
  readonly joins: readonly { person: { id: string }; to: { id: string }; evidence: string }[];
  readonly suggestions: readonly {
    one: { id: string; accounts: readonly { chat: string; user: string; mail: string | null }[] };
    other: { id: string };
    because: string;
    shared: string;
  }[];
}

describe('One person with several accounts', () => {
  const here = new FakeChat('here');
  const there = new FakeChat('there');
  const app = useApp({ platforms: [here.platform, there.platform] });
  let admin: SomePerson;
  let count = 0;

  beforeAll(async () => {
    await here.join(app);
    await there.join(app);
    admin = await SomePerson.of(app, 'Ada', 'admin');
  });
  afterEach(async () => {
    for (const { id } of [here, there]) await believe(id, false);
  });

  describe('by verified mail', () => {
    it('is known by itself where both chats are believed, and the audit says why', async () => {
      await believe('here', true);
      await believe('there', true);

      const [one, other] = [await met(here, 'bo', 'Bo Berg', 'bo@example.test'), await met(there, 'bb', 'BB', 'Bo@Example.test')];

      expect(await joinOf(other)).toMatchObject({ to: { id: one }, evidence: 'mail' });
      const { changes } = (await admin.api('GET', '/api/v1/audit')).body as { changes: { type: string }[] };
      expect(changes.filter(({ type }) => type === 'person.joined').at(-1)).toMatchObject({
        by: null,
        after: { person: other, one, evidence: 'mail' },
      });
    });

    it('is only looked at by an admin while one of the chats is not believed, and joined as soon as it is', async () => {
      await believe('here', true);
      const [one, other] = [await met(here, 'cy', 'Cy', 'cy@example.test'), await met(there, 'cc', 'Cyrus', 'cy@example.test')];
      expect(await joinOf(other)).toBeUndefined();
      expect(await suggestionOf(one, other)).toMatchObject({ because: 'mail', shared: 'cy@example.test' });

      await believe('there', true);

      expect(await joinOf(other)).toMatchObject({ to: { id: one }, evidence: 'mail' });
      expect(await suggestionOf(one, other)).toBeUndefined();
    });

    it.each([
      ['the platform does not vouch for it', { verified: false }],
      ['a second account of the same chat has it', { alsoIn: 'there' as const }],
      ['it is an address of a task', { address: 'oncall@example.test' }],
      ['an admin says that several people read it', { shared: true }],
      ['an admin said before that they are two', { apart: true }],
    ])('joins nobody where %s', async (_what, { verified = true, alsoIn, address, shared, apart }: Trap) => {
      const mail = address ?? `trap${++count}@example.test`;
      if (shared) await admin.api('PUT', '/api/v1/people/shared-mailboxes', { address: mail.toUpperCase(), shared: true });
      const one = await met(here, `x${count}`, `One ${count}`, mail);
      if (alsoIn) await met(there, `z${count}`, `Third ${count}`, mail);
      const other = await met(there, `y${count}`, `Other ${count}`, mail, verified);
      if (apart) await admin.api('POST', '/api/v1/people/apart', { one, other });

      await believe('here', true);
      await believe('there', true);

      expect(await joinOf(one)).toBeUndefined();
      expect(await joinOf(other)).toBeUndefined();
    });

    it('never makes an admin of an account of a chat: that takes an admin’s word', async () => {
      await believe('here', true);
      await believe('there', true);
      const boss = await met(here, 'boss', 'Boss', 'boss@example.test');
      await app.database.query(`update person set role = 'admin' where id = $1`, [boss]);

      const taken = await met(there, 'taken', 'Boss', 'boss@example.test');

      expect(await joinOf(taken)).toMatchObject({ to: { id: boss } });
      expect(await roleOf(taken)).toBe('responder');
      await admin.api('POST', '/api/v1/people/joins', { one: boss, other: taken });
      expect(await roleOf(taken)).toBe('admin');
      expect(await joinOf(taken)).toMatchObject({ evidence: 'admin' });
    });
  });

  describe('by an identity provider', () => {
    const nobodysMail = () => `n${++count}@example.test`;

    it('carries every right over, where both chats are believed', async () => {
      await believe('here', true);
      await believe('there', true);
      const one = await met(here, 'ip1', 'Ida', nobodysMail(), true, 'okta|7');
      await app.database.query(`update person set role = 'admin' where id = $1`, [one]);

      const other = await met(there, 'ip2', 'I. P.', nobodysMail(), true, 'okta|7');

      expect(await joinOf(other)).toMatchObject({ to: { id: one }, evidence: 'idp' });
      expect(await roleOf(other)).toBe('admin');
    });

    it.each([
      ['is of another subject', 'okta|9'],
      ['is of the same in other letters', 'OKTA|8'],
    ])('joins nobody where its word %s', async (_what, theirs) => {
      await believe('here', true);
      await believe('there', true);
      const one = await met(here, `ip${++count}`, 'Ivo', nobodysMail(), true, 'okta|8');
      const other = await met(there, `iq${count}`, 'Ivo too', nobodysMail(), true, theirs);

      expect([await joinOf(one), await joinOf(other)]).toEqual([undefined, undefined]);
    });

    it('is only suggested while a chat is not believed', async () => {
      const [one, other] = [
        await met(here, 'ip5', 'Ike', nobodysMail(), true, 'okta|5'),
        await met(there, 'ip6', 'Isaac', nobodysMail(), true, 'okta|5'),
      ];

      expect(await joinOf(other)).toBeUndefined();
      expect(await suggestionOf(one, other)).toMatchObject({ because: 'idp' });
    });
  });

  describe('by name', () => {
    it('is nobody: the admin is shown both, with what tells them apart', async () => {
      await believe('here', true);
      await believe('there', true);
      const [one, other] = [await met(here, 'm1', 'Mia Lund', 'm1@example.test'), await met(there, 'm2', 'mia lund', 'm2@example.test')];

      expect(await joinOf(other)).toBeUndefined();
      const found = await suggestionOf(one, other);
      expect(found).toMatchObject({ because: 'name' });
      const page = (await admin.api('GET', '/settings/people/joins')).body as string;
      for (const telling of ['The here m1, m1@example.test', 'The there m2, m2@example.test', one, other]) expect(page).toContain(telling);
      expect(page).toContain('As one person they see the private incidents of either.');

      await admin.api('POST', '/api/v1/people/apart', { one, other });
      expect(await suggestionOf(one, other)).toBeUndefined();
    });
  });

  describe('by an admin', () => {
    it('is one in the room, wherever they said it, and two again when they are taken apart; the log stays as it is', async () => {
      const bea = await SomePerson.of(app, 'Bea');
      const { id, number } = await bea.declares();
      const room = await here.room(app, number);
      // What comes into the log by itself is there.
      await there.room(app, number);
      const chat = await met(here, `bea${++count}`, 'bea in chat', '');
      await here.says(`bea${count}`, room, 'I look at it');
      await here.heard(app);
      await bea.does(number, 'lead', { to: 'me' });
      expect(await namesIn(number)).toEqual(['Bea', 'bea in chat']);
      const before = await raw(id);

      await admin.api('POST', '/api/v1/people/joins', { one: bea.id, other: chat });

      expect(await namesIn(number)).toEqual(['Bea']);
      const said = (await app.events(number, 'message.posted')).at(-1);
      expect(said?.by).toEqual({ id: bea.id, name: 'Bea' });
      expect((await bea.api('GET', `/lite/i/${number}`)).body).not.toContain('bea in chat');
      expect(await raw(id)).toEqual(before);
      expect(await stateOf(app, id)).toEqual(fold(await raw(id)));

      await here.says(`bea${count}`, room, 'It is the pool');
      await here.heard(app);
      const written = (await raw(id)).at(-1);
      expect(written?.by).toMatchObject({ id: chat, name: 'Bea' });
      expect(await stateOf(app, id)).toEqual(fold(await raw(id)));

      await admin.api('POST', '/api/v1/people/apart', { one: bea.id, other: chat });

      expect(await namesIn(number)).toEqual(['Bea', 'bea in chat']);
      expect((await app.events(number, 'message.posted')).at(-1)?.by?.id).toBe(chat);
    });

    it('is let do by the one account what the other may: edit their words, keep the lead, take back a reaction', async () => {
      const eve = await SomePerson.of(app, 'Eve', 'member');
      const { id, number } = await eve.declares();
      const room = await here.room(app, number);
      const chat = await met(here, `eve${++count}`, 'eve', '');
      const place = await here.says(`eve${count}`, room, 'Frist');
      await here.heard(app);
      const [said] = await app.events(number, 'message.posted');
      expect((await eve.does(number, 'edit', { messageId: said?.id, text: 'First' })).status).toBe(403);

      await admin.api('POST', '/api/v1/people/joins', { one: eve.id, other: chat });
      await here.chat.react(`eve${count}`, place, '👍');
      await here.heard(app);

      expect((await eve.does(number, 'edit', { messageId: said?.id, text: 'First' })).status).toBe(200);
      expect((await eve.does(number, 'react', { messageId: said?.id, emoji: '👍', on: true })).body).toMatchObject({ seq: null });
      expect((await eve.does(number, 'react', { messageId: said?.id, emoji: '👍', on: false })).status).toBe(200);
      await here.chat.command(`eve${count}`, room, 'incident', 'lead me');
      await until('the lead', async () => (await stateOf(app, id)).lead === chat);
      expect((await eve.does(number, 'lead', { to: 'me' })).body).toMatchObject({ seq: null });
      // Only whoever leads may send others out, when they are no responder.
      expect((await eve.does(number, 'add', { person: 'Ada' })).status).toBe(200);
      expect((await eve.does(number, 'leave', {})).status).toBe(200);
      expect(await stateOf(app, id)).toMatchObject({ lead: null });
      expect(await namesIn(number)).toEqual(['Ada']);
      expect(await stateOf(app, id)).toEqual(fold(await raw(id)));
    });

    it('is in the chat’s private room when they take part in the war room, which the room is told, and out of it when taken apart', async () => {
      const dee = await SomePerson.of(app, 'Dee');
      const chat = await met(here, `dee${++count}`, 'dee', '');
      const { number } = await dee.declares({ private: true });
      const mirror = await until('the private room', async () => {
        const [found] = await app.database.query<{ id: string; room: string }>(
          `select m.id, m.room from mirror m join incident i on i.id = m.incident_id where i.reference = $1 and m.instance = 'here' and m.room is not null`,
          [number],
        );
        return found;
      });
      const isIn = (): boolean => here.chat.roomByKey(mirror.id)?.members.has(`dee${count}`) === true;
      expect(isIn()).toBe(false);

      await admin.api('POST', '/api/v1/people/joins', { one: dee.id, other: chat });

      await until('they are in', isIn);
      const told = async (): Promise<unknown> =>
        ((await dee.api('GET', `/api/v1/incidents/${number}/events`)).body as { events: RoomEvent[] }).events
          .filter(({ type }) => type === 'participant.accounts-joined')
          .map(({ by, data }) => [by?.name, (data as { on: boolean }).on]);
      expect(await told()).toEqual([['Ada', true]]);
      expect((await dee.api('GET', `/lite/i/${number}`)).body).toContain('are one person: Ada says so');

      await admin.api('POST', '/api/v1/people/apart', { one: dee.id, other: chat });

      await until('they are out', () => !isIn());
      expect(await told()).toEqual([
        ['Ada', true],
        ['Ada', false],
      ]);
    });

    it('may by no account more than an admin left them: less for one is less for all', async () => {
      const fay = await SomePerson.of(app, 'Fay', 'admin');
      const chat = await met(here, `fay${++count}`, 'fay', '');
      await app.database.query(`update person set role = 'responder' where id = $1`, [chat]);
      await admin.api('POST', '/api/v1/people/joins', { one: chat, other: fay.id });
      expect(await joinOf(chat)).toMatchObject({ to: { id: fay.id } });
      expect(await roleOf(chat)).toBe('admin');

      await admin.api('PATCH', `/api/v1/people/${chat}`, { role: 'member' });

      expect([await roleOf(chat), await roleOf(fay.id)]).toEqual(['member', 'member']);
      await admin.api('POST', '/api/v1/people/apart', { one: chat, other: fay.id });
      expect(await roleOf(chat)).toBe('member');
    });

    it('has their tokens and sessions by whichever name they signed in', async () => {
      const [one, other] = [await SomePerson.of(app, 'Gil', 'responder'), await SomePerson.of(app, 'Gil at home', 'member')];
      await other.api('POST', '/api/v1/tokens', { name: 'Deploys', scopes: ['read'] });

      await admin.api('POST', '/api/v1/people/joins', { one: one.id, other: other.id });

      expect((await other.api('GET', '/api/v1/me')).body).toMatchObject({ person: { id: one.id, name: 'Gil' }, role: 'responder' });
      const { tokens } = (await one.api('GET', '/api/v1/tokens')).body as { tokens: { name: string }[] };
      expect(tokens.map(({ name }) => name)).toEqual(['Deploys']);
    });

    it('is asked for once: the same again changes nothing, and nobody is two people at once', async () => {
      const [one, two, three] = [await SomePerson.of(app, 'H1'), await SomePerson.of(app, 'H2'), await SomePerson.of(app, 'H3')];
      const join = (a: SomePerson, b: SomePerson) => admin.api('POST', '/api/v1/people/joins', { one: a.id, other: b.id });

      const answers = await Promise.all([join(one, two), join(two, three), join(three, one), join(two, one)]);

      expect(answers.map(({ status }) => status)).toEqual([204, 204, 204, 204]);
      const roots = await app.database.query<{ id: string }>('select distinct id from one_person where own_id = any($1)', [
        [one.id, two.id, three.id],
      ]);
      expect(roots).toHaveLength(1);
      const howMany = async () => (await app.database.query('select 1 from event where type = $1', ['person.joined'])).length;
      const before = await howMany();
      await join(one, three);
      expect(await howMany()).toBe(before);
    });

    it('is an admin’s to say, of people who are there', async () => {
      const nobody = uuidv7();
      expect((await admin.api('POST', '/api/v1/people/joins', { one: admin.id, other: nobody })).status).toBe(404);
      expect((await admin.api('POST', '/api/v1/people/joins', { one: admin.id, other: 'Bo' })).status).toBe(400);
      expect((await admin.api('PUT', '/api/v1/people/chats/nowhere', { trusted: true })).status).toBe(404);
      const ian = await SomePerson.of(app, 'Ian');
      expect((await ian.api('POST', '/api/v1/people/joins', { one: admin.id, other: ian.id })).status).toBe(403);
    });
  });

  describe('by their own word', () => {
    it('is shown as one after a code from the chat is written in the war room, and may no more than before until an admin confirms it', async () => {
      const jo = await SomePerson.of(app, 'Jo', 'admin');
      const { number } = await jo.declares({ private: true });
      const user = `jo${++count}`;
      const chat = await met(here, user, 'jo', '');
      const code = await codeFor(chat, 'jo');

      expect((await jo.api('POST', '/api/v1/me/claims/confirm', { code: code.toLowerCase() })).body).toEqual({ name: 'jo' });

      expect(await joinOf(chat)).toMatchObject({ to: { id: jo.id }, evidence: 'claim' });
      expect(await app.get(People).meet(account(here, user))).toMatchObject({ name: 'Jo' });
      expect(await roleOf(chat)).toBe('member');
      expect(await sees(chat, number)).toBe(false);

      await admin.api('POST', '/api/v1/people/joins', { one: jo.id, other: chat });
      expect(await roleOf(chat)).toBe('admin');
      expect(await sees(chat, number)).toBe(true);
    });

    it('takes a code once, in another place, and for ten minutes', async () => {
      const kim = await SomePerson.of(app, 'Kim');
      const lou = await SomePerson.of(app, 'Lou');
      const { code } = (await kim.api('POST', '/api/v1/me/claims')).body as { code: string };
      expect((await kim.api('POST', '/api/v1/me/claims/confirm', { code })).status).toBe(410);
      expect((await lou.api('POST', '/api/v1/me/claims/confirm', { code })).status).toBe(200);
      expect((await lou.api('POST', '/api/v1/me/claims/confirm', { code })).status).toBe(410);

      const late = ((await kim.api('POST', '/api/v1/me/claims')).body as { code: string }).code;
      await app.database.query('update person_claim set expires_at = clock_timestamp()');
      expect((await lou.api('POST', '/api/v1/me/claims/confirm', { code: late })).status).toBe(410);
    });

    it('brings nobody in where the other one is named: by their account, by a team, or when they are given a role', async () => {
      const taker = await SomePerson.of(app, 'Taker', 'admin');
      const victim = await met(here, `vic${++count}`, 'Victim', '');
      const { number } = await admin.declares({ private: true });
      const team = ((await admin.api('POST', '/api/v1/teams', { name: `Team ${count}` })).body as { id: string }).id;
      await admin.api('POST', `/api/v1/teams/${team}/members`, { person: victim });
      await app.database.query(`update person set role = 'member' where id = $1`, [taker.id]);
      const code = ((await taker.api('POST', '/api/v1/me/claims')).body as { code: string }).code;
      const by = { person: { id: victim, name: 'Victim' }, via: { id: 'here', name: 'The here' } };
      await app.database.transaction((tx) => app.get(Conversation).say(tx, `this-is-me ${code}`, by, uuidv7(), uuidv7()));
      expect(await joinOf(victim)).toMatchObject({ to: { id: taker.id }, evidence: 'claim' });

      await admin.does(number, 'add-team', { team });
      await admin.does(number, 'add', { person: victim });
      await admin.api('PATCH', `/api/v1/people/${victim}`, { role: 'admin' });

      expect((await taker.api('GET', `/api/v1/incidents/${number}`)).status).toBe(404);
      expect(await sees(victim, number)).toBe(true);
      expect([await roleOf(victim), await roleOf(taker.id)]).toEqual(['admin', 'member']);
    });

    it('is asked for and confirmed by command', async () => {
      const max = await SomePerson.of(app, 'Max');
      const { number } = await max.declares();
      const chat = await met(here, `max${++count}`, 'max', '');
      const code = await codeFor(chat, 'max');

      const { status, body } = await max.does(number, 'command', { text: `/this-is-me ${code}` });

      expect({ status, body }).toMatchObject({ status: 200 });
      expect(await joinOf(chat)).toMatchObject({ to: { id: max.id }, evidence: 'claim' });
    });
  });

  // What a chat would show to whoever asked there.
  async function codeFor(id: string, name: string): Promise<string> {
    const by = { person: { id, name }, via: { id: 'here', name: 'The here' } };
    const { say } = await app.database.transaction((tx) => app.get(Conversation).say(tx, 'this-is-me', by, uuidv7(), uuidv7()));
    return /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(say.summary)?.[0] ?? '';
  }

  const account = (chat: FakeChat, user: string) => ({ adapter: chat.id, tenant: chat.chat.tenant, user });

  async function met(chat: FakeChat, user: string, name: string, email: string, verified = true, idp?: string): Promise<string> {
    chat.chat.world.people.set(user, {
      id: user,
      name,
      email,
      active: true,
      ...(verified ? {} : { isMailUnverified: true }),
      ...(idp ? { idp } : {}),
    });
    return (await app.get(People).meet(account(chat, user))).id;
  }

  const believe = (chat: string, trusted: boolean) => admin.api('PUT', `/api/v1/people/chats/${chat}`, { trusted });
  const all = async (): Promise<Joins> => (await admin.api('GET', '/api/v1/people/joins')).body;
  const joinOf = async (id: string) => (await all()).joins.find(({ person }) => person.id === id);
  const suggestionOf = async (...two: string[]) =>
    (await all()).suggestions.find(({ one, other }) => two.includes(one.id) && two.includes(other.id));
  const raw = async (id: string): Promise<RoomEvent[]> => (await app.get(StreamLog).read(id, 0, 1_000)) as unknown as RoomEvent[];

  async function namesIn(number: string): Promise<string[]> {
    const { people } = (await app.api('GET', `/api/v1/incidents/${number}/snapshot`)).body as { people: { name: string }[] };
    return people.map(({ name }) => name);
  }

  const roleOf = (id: string) => app.database.transaction(async (tx) => (await viewerOf(tx, id)).role);

  const sees = (id: string, number: string) =>
    app.database.transaction(
      async (tx) =>
        (
          await tx.query<unknown[]>(
            `select 1 from participant t join incident i on i.id = t.incident_id where i.reference = $1 and t.person_id in (select id from theirs($2) id)`,
            [number, id],
          )
        ).length > 0,
    );
});

interface Trap {
  readonly verified?: boolean;
  readonly alsoIn?: 'there';
  readonly address?: string;
  readonly shared?: boolean;
  readonly apart?: boolean;
}
