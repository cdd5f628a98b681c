import { mostNeeded, type RoomNow } from './most-needed.ts';

const NOW = Date.parse('2026-11-21T14:00:00Z');
const IN_AN_HOUR = '2026-11-21T15:00:00Z';
const A_MINUTE_AGO = '2026-11-21T13:59:00Z';
const room: RoomNow = { category: 'active', severity: 'SEV3', status: 'investigating', isLed: true, updateDue: IN_AN_HOUR };

describe('What is most likely needed in a room', () => {
  it.each<[string, Partial<RoomNow>, string[]]>([
    ['nobody leads', { isLed: false }, ['lead me', 'severity sev2', 'update']],
    ['nobody leads and an update is due', { isLed: false, updateDue: A_MINUTE_AGO }, ['lead me', 'update', 'severity sev2']],
    ['an update is due', { updateDue: A_MINUTE_AGO }, ['update', 'severity sev2', 'resolve']],
    ['an update is due in four minutes', { severity: 'SEV1', updateDue: '2026-11-21T14:04:00Z' }, ['update', 'resolve', 'add']],
    ['it is as bad as can be', { severity: 'SEV1' }, ['update', 'resolve', 'add']],
    ['it is watched whether it stays mended', { status: 'monitoring' }, ['resolve', 'update', 'add']],
    ['nobody has said whether it is an incident', { category: 'triage', isLed: false }, ['accept', 'lead me', 'add']],
    ['it is over', { category: 'closed', isLed: false, updateDue: null }, ['reopen']],
  ])('when %s', (_, now, words) => {
    expect(mostNeeded({ ...room, ...now }, NOW).map((one) => one.words)).toEqual(words);
  });
});
