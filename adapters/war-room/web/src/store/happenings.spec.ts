import type { RoomEvent } from '#libs/war-room-protocol/events';
import { happening } from './happenings.ts';
import { isOpenOffer } from './offers.ts';
import { ana, anEvent, aSnapshot, at, bo, slack } from './room.fixture.ts';
import { reduceRoom, roomFrom } from './room-state.ts';

const read = (event: RoomEvent): string | undefined =>
  happening(event, (iso) => iso.slice(11, 16))
    ?.sentence.map((words) => (typeof words === 'string' ? words : 'strong' in words ? words.strong : words.html))
    .join('');
const mirror = { mirrorId: 'm1', surface: slack };

describe('Saying what happened', () => {
  it('says who changed the severity, which way and why', () => {
    expect(read(anEvent(1, 'incident.severity-changed', { from: 'SEV2', to: 'SEV1', reason: 'cards refused' }))).toBe(
      'Severity raised to SEV1 by Ana Ruiz: cards refused',
    );
    expect(read(anEvent(1, 'incident.severity-changed', { from: 'SEV1', to: 'SEV3' }))).toBe('Severity lowered to SEV3 by Ana Ruiz');
  });

  it('says how it was done where others can learn from that', () => {
    const raised = { from: 'SEV2', to: 'SEV1' } as const;

    expect(read(anEvent(1, 'incident.severity-changed', raised, { via: { ...slack, how: '/incident severity' } }))).toBe(
      'Severity raised to SEV1 by Ana Ruiz via Slack (/incident severity)',
    );
    expect(read(anEvent(1, 'incident.severity-changed', raised, { via: { id: 'web', name: 'web', how: '/severity' } }))).toBe(
      'Severity raised to SEV1 by Ana Ruiz (/severity)',
    );
  });

  it('tells taking the lead from being given it', () => {
    expect(read(anEvent(1, 'incident.lead-changed', { from: null, to: ana }))).toBe('Ana Ruiz took the lead');
    expect(read(anEvent(1, 'incident.lead-changed', { from: ana, to: bo }))).toBe('Bo Lindqvist has the lead, handed over by Ana Ruiz');
    const comms = { role: 'comms', name: 'Communications' };
    expect(read(anEvent(1, 'incident.role-changed', { ...comms, from: null, to: bo }))).toBe(
      'Bo Lindqvist has the role Communications, asked by Ana Ruiz',
    );
    expect(read(anEvent(1, 'incident.role-changed', { ...comms, from: bo, to: ana }))).toBe(
      'Ana Ruiz took over the role Communications from Bo Lindqvist',
    );
    expect(read(anEvent(1, 'incident.role-changed', { ...comms, from: ana, to: null }))).toBe('Ana Ruiz gave the role Communications back');
  });

  it('says which team was called in, by whom, and who that is', () => {
    expect(read(anEvent(1, 'participant.team-added', { teamId: 't1', team: 'Payments', people: [bo, ana], observer: true }))).toBe(
      'Payments was added by Ana Ruiz, to watch: Bo Lindqvist, Ana Ruiz',
    );
  });

  it('says what an outage cost in one line', () => {
    const closed = anEvent(1, 'gap.closed', { ...mirror, from: at(2), to: at(37), inbound: 7, outbound: 5 });

    expect(read(closed)).toBe(
      '7 messages from Slack and 5 from here exchanged, 03:02–03:37. ' +
        'A command, button, reaction or pin used in Slack meanwhile may not have arrived: do it again.',
    );
  });

  it('says what an outage cost that nobody can read any more', () => {
    const closed = anEvent(1, 'gap.closed', { ...mirror, from: at(2), to: at(37), inbound: 1, outbound: 0, unreadUntil: at(20) });

    expect(read(closed)).toBe(
      '1 message from Slack and 0 from here exchanged, 03:02–03:37. What was said there before 03:20 could not be read any more. ' +
        'A command, button, reaction or pin used in Slack meanwhile may not have arrived: do it again.',
    );
  });

  it('says who asked for what is missing in a chat to be said again', () => {
    const asked = { surfaces: [slack], count: 2 };

    expect(read(anEvent(1, 'say-again.asked', asked))).toBe('Ana Ruiz asked to say 2 messages again in Slack');
    expect(read(anEvent(1, 'say-again.asked', { ...asked, count: 1 }, { via: slack }))).toBe(
      'Ana Ruiz asked to say 1 message again in Slack via Slack',
    );
  });

  it('says what was asked for too late, and of whom it was when somebody applies it', () => {
    const offered = anEvent(1, 'command.offered', { text: 'status fixing', askedAt: at(2) });
    const applied = anEvent(2, 'command.applied', { offerId: offered.id, text: 'status fixing', askedBy: bo });

    expect(read(offered)).toBe('Asked for by Ana Ruiz at 03:02, too late to be done without looking: status fixing');
    expect(read(applied)).toBe('Ana Ruiz applied what Bo Lindqvist asked for: status fixing');
    const [open, done] = [[offered], [offered, applied]].map((events) => reduceRoom(roomFrom(aSnapshot()), { type: 'events', events }));
    expect([open, done].map((room) => room && isOpenOffer(room, offered))).toEqual([true, false]);
  });

  it('says since when a chat is not answering', () => {
    expect(read(anEvent(1, 'mirror.parked', { ...mirror, since: at(11), why: 'no answer' }))).toBe(
      'Slack is not answering since 03:11. What is written here waits for it.',
    );
  });

  it('says what became of a room in its chat, and by whom', () => {
    expect(read(anEvent(1, 'mirror.renamed', { ...mirror, name: 'payments-down', from: 'inc-1' }))).toBe(
      'payments-down is the new name of inc-1 in Slack by Ana Ruiz',
    );
    expect(read(anEvent(1, 'mirror.archived', { ...mirror, name: 'inc-1' }))).toBe(
      'inc-1 was archived in Slack by Ana Ruiz. What is written here waits for it.',
    );
    expect(read(anEvent(1, 'mirror.archiving', { ...mirror, name: 'inc-1', days: 14 }, { by: null }))).toBe(
      'inc-1 in Slack is about to be archived: this has been over, and quiet, for 14 days',
    );
    expect(read(anEvent(1, 'mirror.archived', { ...mirror, name: 'inc-1', byRule: true }, { by: null }))).toBe(
      'inc-1 was archived in Slack. All of it stands here. What is written here from now on waits until somebody unarchives it there.',
    );
    expect(read(anEvent(1, 'mirror.unarchived', { ...mirror, name: 'inc-1' }))).toBe('inc-1 is back in Slack by Ana Ruiz');
  });

  it('says whose the topic of a chat’s room is, and what the chat would not have kept', () => {
    const named = { ...mirror, name: 'inc-1' };
    expect(read(anEvent(1, 'mirror.topic-changed', { ...named, topic: 'Bridge 555' }))).toBe(
      'inc-1 in Slack has a new topic by Ana Ruiz: Bridge 555',
    );
    expect(read(anEvent(1, 'mirror.topic-changed', { ...named, topic: '' }))).toBe(
      'inc-1 in Slack had its topic taken away by Ana Ruiz. Muster writes it again with the next change',
    );
    expect(read(anEvent(1, 'mirror.unkept', { ...named, what: 'name', why: 'Rename it there by hand.' }))).toBe(
      'inc-1 in Slack keeps its old name: Rename it there by hand.',
    );
  });

  it('says that Muster is not heard in a chat’s room, that it is again, and who else reads there', () => {
    const named = { ...mirror, name: 'inc-1' };
    expect(read(anEvent(1, 'mirror.shut-out', named))).toBe(
      'Muster is not in inc-1 in Slack any more: it was taken out by Ana Ruiz. Nothing written there is heard, and what is written here waits. Invite Muster to it again there, and both are made up for.',
    );
    expect(read(anEvent(1, 'mirror.let-in', named))).toBe(
      'Muster was brought back into inc-1 in Slack by Ana Ruiz. What was said there meanwhile is being read.',
    );
    expect(read(anEvent(1, 'mirror.audience-changed', { ...named, audience: 'public' }))).toBe(
      'inc-1 in Slack was made public by Ana Ruiz: everybody there can read it now',
    );
  });

  it('says what became of the card that somebody took away in a chat', () => {
    expect(read(anEvent(1, 'mirror.card-removed', { ...mirror, again: true }))).toBe(
      'Somebody took the card away in Slack. It is there again, this once.',
    );
    expect(read(anEvent(1, 'mirror.card-removed', { ...mirror, again: false }))).toBe(
      'Somebody took the card away in Slack again. It is not made any more: what it said is here.',
    );
  });

  it('says where it is announced, and what became of that', () => {
    const announced = { announcementId: 'a1', surface: slack, room: 'incidents', audience: 'support' as const };
    const unasked = { by: null, via: { id: 'muster', name: 'Muster' } };

    expect(read(anEvent(1, 'announcement.asked', {}))).toBe('Ana Ruiz asked to announce it');
    expect(read(anEvent(1, 'announcement.asked', { byRule: true }))).toBe('Ana Ruiz changed where incidents are announced');
    expect(read(anEvent(1, 'announcement.posted', announced, unasked))).toBe('Announced for support in Slack, incidents');
    expect(read(anEvent(1, 'announcement.failed', { ...announced, why: 'That room is archived.' }, unasked))).toBe(
      'It could not be announced in Slack, incidents. That room is archived.',
    );
    expect(read(anEvent(1, 'announcement.removed', announced, unasked))).toBe(
      'Somebody took its announcement away in Slack, incidents. It is not made again, unless somebody writes /announce.',
    );
    expect(read(anEvent(1, 'announcement.withdrawn', { ...announced, why: 'private' }, unasked))).toBe(
      'Its announcement in Slack, incidents, shows it no more: it is private',
    );
  });

  it('says what was told, and what of it is new', () => {
    expect(read(anEvent(1, 'update.shared', { text: 'Half is back', severity: 'SEV2', status: 'fixing', nextUpdateBy: at(20) }))).toBe(
      'Update by Ana Ruiz: Half is back · SEV2 · Fixing · next update by 03:20',
    );
  });

  it('shows what somebody wrote as the server made it, and as it was typed where it did not', () => {
    const html = '<code>pool_wait</code> again';
    const wrote = { text: '`pool_wait` again', html };
    const added = anEvent(1, 'timeline.entry-added', { entryId: 'e1', ...wrote, happenedAt: at(2) });
    expect(happening(added, (iso) => iso.slice(11, 16))?.sentence).toContainEqual({ html });
    for (const [event, words] of [
      [anEvent(1, 'update.shared', wrote), `Update by Ana Ruiz: ${html}`],
      [anEvent(1, 'incident.summary-changed', { from: null, to: wrote.text, html }), `Summary by Ana Ruiz: ${html}`],
      [anEvent(1, 'incident.resolved', { learned: wrote.text, html }), `Resolved by Ana Ruiz. ${html}`],
      [
        anEvent(1, 'incident.severity-changed', { from: 'SEV2', to: 'SEV1', reason: wrote.text, html }),
        `Severity raised to SEV1 by Ana Ruiz: ${html}`,
      ],
      [anEvent(1, 'incident.resolved', { learned: wrote.text }), `Resolved by Ana Ruiz. ${wrote.text}`],
    ] as const)
      expect(read(event)).toBe(words);
  });

  it('says what Muster asks for, and how it was answered', () => {
    const asked = { about: 'update', dueAt: at(30), since: 1 };
    expect(read(anEvent(1, 'nudge.given', asked, { by: null }))).toBe('An update was due at 03:30. Where does it stand?');
    expect(read(anEvent(1, 'nudge.given', { ...asked, about: 'lead' }, { by: null }))).toBe('Nobody has taken the lead. Who does?');
    expect(read(anEvent(1, 'nudge.snoozed', { about: 'update', until: at(40) }))).toBe(
      'The next update was put off by Ana Ruiz. Muster asks again at 03:40.',
    );
    expect(read(anEvent(1, 'nudge.skipped', { about: 'lead' }))).toBe('The question who takes the lead was let pass this time by Ana Ruiz');
  });

  it('says nothing of what a person may not see', () => {
    expect(read(anEvent(1, 'hidden', {}))).toBeUndefined();
  });
});
