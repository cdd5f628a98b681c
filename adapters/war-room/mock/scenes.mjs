// The rooms that the mock shows: the ones of the design's pictures, and a room after an outage.
import { people } from './server.mjs';

const { ana, bo, cy, dee } = people;

export function scenes(mock) {
  const { slack } = mock;
  const day = new Date();
  day.setHours(3, 0, 0, 0);
  const at = (hhmm) => {
    const [hours, minutes] = hhmm.split(':').map(Number);
    const time = new Date(day);
    time.setHours(hours, minutes);
    return time.toISOString();
  };
  const say = (room, hhmm, by, text, more = {}) => mock.append(room, 'message.posted', { text }, { by, at: at(hhmm), ...more });

  const outage = mock.room({
    number: 'INC-247',
    title: 'Checkout errors after 03:05 deploy',
    severity: 'SEV2',
    summary: 'Checkout fails for 1 in 25 customers',
    by: ana,
    at: at('03:09'),
  });
  outage.people.push(bo, cy, dee);
  const incident = outage.incident;
  mock.append(
    outage,
    'mirror.opened',
    { mirrorId: 'm1', surface: slack, name: '#inc-247', permalink: 'https://slack.example/archives/C1' },
    { at: at('03:09') },
  );
  mock.append(outage, 'incident.lead-changed', { from: null, to: ana }, { by: ana, at: at('03:10') });
  mock.append(outage, 'mirror.suspect', { mirrorId: 'm1', surface: slack, since: at('03:11'), why: 'two misses' }, { at: at('03:11') });
  mock.append(outage, 'mirror.parked', { mirrorId: 'm1', surface: slack, since: at('03:11'), why: 'three misses' }, { at: at('03:12') });
  mock.append(
    outage,
    'incident.severity-changed',
    { from: 'SEV2', to: 'SEV1', reason: 'checkout is down for card payments' },
    { by: bo, at: at('03:14') },
  );
  const own = say(outage, '03:15', ana, 'Checkout p99 at 9 s since 03:09. Starting with the 03:05 deploy.');
  say(outage, '03:18', bo, 'DB pool on shard 7 is saturated: `pool_wait 4.2s`. Replica lag normal.');
  mock.append(outage, 'incident.status-changed', { from: 'investigating', to: 'identified' }, { by: ana, at: at('03:21') });
  const second = say(outage, '03:21', ana, 'Identified: connection leak in 2026.11.4. Rolling back now; next look at 03:45.');
  mock.append(outage, 'incident.status-changed', { from: 'identified', to: 'fixing' }, { by: ana, at: at('03:22') });
  say(outage, '03:24', cy, 'Rollback at 40 %. Errors already down to 1.1 %.');
  say(outage, '03:27', dee, 'Support has 37 tickets. Macro is ready, waiting for your go on the public update.');
  const parked = {
    id: 'm1',
    surface: slack,
    state: 'parked',
    name: '#inc-247',
    permalink: 'https://slack.example/archives/C1',
    since: at('03:11'),
    waiting: [own.id, second.id],
    doubtful: [],
  };
  mock.mirrors(outage, [parked]);

  const after = mock.room({ number: 'INC-248', title: 'Search is slow for signed-in users', severity: 'SEV2', by: bo, at: at('02:01') });
  const open = { ...parked, id: 'm2', name: '#inc-248', state: 'open', since: null, waiting: [] };
  say(after, '02:02', bo, 'p95 of search went from 200 ms to 4 s at 01:58.', { via: slack });
  say(after, '02:20', ana, 'Slack went away. Going on here.');
  say(after, '02:31', ana, 'The index node on rack 4 is rebuilding. Moving traffic off it.');
  say(after, '02:38', cy, 'Is anyone there? I see the rebuild too, it started at 01:57.', {
    via: slack,
    displayAt: at('02:22'),
    late: true,
  });
  say(after, '02:38', bo, 'Traffic is at 60 % on the new node.', { via: slack, displayAt: at('02:33'), late: true });
  mock.append(after, 'command.offered', { text: '/severity sev1' }, { by: cy, via: slack, at: at('02:38') });
  mock.append(
    after,
    'gap.closed',
    { mirrorId: 'm2', surface: slack, from: at('02:18'), to: at('02:37'), inbound: 7, outbound: 5 },
    { at: at('02:38') },
  );
  mock.append(after, 'mirror.resumed', { mirrorId: 'm2', surface: slack }, { at: at('02:38') });
  say(
    after,
    '02:41',
    ana,
    'A log for the record:\n```\n' + Array.from({ length: 20 }, (_, i) => `02:${10 + i} shard ${i} relocating`).join('\n') + '\n```',
  );
  mock.mirrors(after, [open]);

  mock.room({ number: 'INC-249', title: 'Invoices of today are mailed twice', severity: 'SEV3', lead: dee, by: dee, at: at('02:55') });
  const done = mock.room({ number: 'INC-246', title: 'Sign-in loops on old phones', severity: 'SEV3', by: cy, at: at('00:30') });
  mock.append(done, 'incident.resolved', { learned: 'A cookie without SameSite is caught by a test now.' }, { by: cy, at: at('01:12') });
  const drill = mock.room({
    number: 'DRILL-1',
    title: 'Practice: checkout is down',
    severity: 'SEV2',
    kind: 'drill',
    by: ana,
    at: at('03:30'),
  });
  mock.mirrors(drill, [{ ...open, id: 'm3', name: '#drill-1' }]);
  mock.hooks.practice.incident = 'DRILL-1';
  return { outage, incident, after, drill, parked };
}
