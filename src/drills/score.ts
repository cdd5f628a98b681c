import type { DrillLine, DrillReport } from './drills.types.ts';
import type { Evidence } from './evidence.types.ts';

/** What docs/reliability.md promises, in seconds. */
const GOALS = { suspect: 30, down: 60, twoWays: 10, everybody: 60, closed: 120 } as const;

/** How a drill went against what is promised, and what to do about the rest. Pure: the same evidence is the same report. */
export function score(evidence: Evidence): DrillReport {
  const lines = evidence.brokenAt === null ? [] : [...noticed(evidence), ...told(evidence), ...people(evidence), ...exchanged(evidence)];
  const measured = lines.filter(({ is }) => is !== 'unmeasured');
  return { kept: measured.filter(({ is }) => is === 'kept').length, of: measured.length, lines };
}

function noticed(evidence: Evidence): DrillLine[] {
  const { chat, suspectAt, downAt } = evidence;
  return [
    inTime(evidence, `Muster doubts ${chat}`, suspectAt, GOALS.suspect),
    inTime(evidence, `Muster says that ${chat} is down`, downAt, GOALS.down),
  ];
}

function inTime({ chat, brokenAt, healedAt, pace }: Evidence, what: string, at: number | null, seconds: number): DrillLine {
  const goal = within(seconds / pace);
  const start = brokenAt ?? 0;
  if (at !== null) {
    const took = (at - start) / 1_000;
    const kept = took <= seconds / pace;
    return line(
      what,
      goal,
      `after ${inSeconds(took)}`,
      kept,
      `Look at /operations whether Muster has the processor it needs, and at /adapters how it hears ${chat}.`,
    );
  }
  const lasted = ((healedAt ?? start) - start) / 1_000;
  if (lasted < seconds / pace) return unmeasured(what, goal, `it was over after ${inSeconds(lasted)}`, 'Let it last longer next time.');
  return line(
    what,
    goal,
    'it did not',
    false,
    `Look at /adapters: Muster may have no sign of life to look for in ${chat}. Until then, say it yourself: /incident chat-down.`,
  );
}

function told(evidence: Evidence): DrillLine[] {
  return evidence.tells ? toldByNotices(evidence) : [waysProven(evidence)];
}

function waysProven({ ways, enough, advice }: Evidence): DrillLine {
  const proven = ways.filter(({ state }) => state === 'proven').map(({ name }) => name);
  const came = proven.length === 0 ? 'none' : proven.join(', ');
  return line(
    'Ways to tell people beside the chat that are proven to work',
    'two, at different hosts',
    came,
    enough,
    `${advice} See /settings/notices.`,
  );
}

function toldByNotices(evidence: Evidence): DrillLine[] {
  const { downAt, notices, pace, advice } = evidence;
  const two = 'People are told by two ways beside the chat';
  const all = 'Everybody who is to be told is told';
  const goals = [within(GOALS.twoWays / pace), within(GOALS.everybody / pace)] as const;
  if (downAt === null)
    return [
      unmeasured(two, goals[0], 'it was not said that it is down', null),
      unmeasured(all, goals[1], 'it was not said that it is down', null),
    ];
  const since = (at: number): number => (at - downAt) / 1_000;
  const firstOf = new Map<string, number>();
  for (const { way, toldAt } of notices) if (toldAt !== null) firstOf.set(way, Math.min(since(toldAt), firstOf.get(way) ?? Infinity));
  const [, second] = [...firstOf.values()].sort((a, b) => a - b);
  const toldTo = notices.flatMap(({ toldAt }) => toldAt ?? []);
  const last = Math.max(0, ...toldTo.map(since));
  return [
    line(
      two,
      goals[0],
      second === undefined
        ? `by ${firstOf.size === 0 ? 'none' : [...firstOf.keys()].join()}`
        : `after ${inSeconds(second)}: ${[...firstOf.keys()].join(', ')}`,
      second !== undefined && second <= GOALS.twoWays / pace,
      second === undefined ? `${advice} See /settings/notices.` : 'Look at /settings/notices which way is slow.',
    ),
    line(
      all,
      goals[1],
      `${toldTo.length} of ${notices.length}${toldTo.length > 0 ? `, the last after ${inSeconds(last)}` : ''}`,
      notices.length > 0 && toldTo.length === notices.length && last <= GOALS.everybody / pace,
      'Look at /settings/notices which way did not get through.',
    ),
  ];
}

function people({ people: all, reachable, came, chat }: Evidence): DrillLine[] {
  const open = 'Those who take part go on in the war room';
  const mail = 'Those who take part can be reached without the chat';
  if (all === 0) return [unmeasured(open, 'all of them', 'nobody took part', 'Call a team into the next drill.')];
  const missing = all - came;
  return [
    line(
      open,
      'all of them',
      `${came} of ${all}`,
      came === all,
      `${missing} of ${all} did not open the war room while ${chat} was away: show them its address, and have them keep it.`,
    ),
    line(
      mail,
      'all of them',
      `${reachable} of ${all}`,
      reachable === all,
      `${all - reachable} of ${all} have no address beside ${chat}: each sets one up at /settings/mail.`,
    ),
  ];
}

function exchanged(evidence: Evidence): DrillLine[] {
  const { exchanged: ex, healedAt, pace, chat, unheard, gestures, waited, unsaid, isMerged, suspectAt } = evidence;
  const goal = within(GOALS.closed / pace);
  const took = ex && healedAt !== null ? Math.max(0, (ex.closedAt - healedAt) / 1_000) : null;
  const messages = unheard - gestures;
  const closed =
    suspectAt === null
      ? unmeasured('The gap is closed', goal, 'there was none, since nothing was noticed', null)
      : line(
          'The gap is closed',
          goal,
          !isMerged || took === null ? 'not by the end of the drill' : `after ${inSeconds(took)}`,
          isMerged && took !== null && took <= GOALS.closed / pace,
          `Look at the room of the drill for what it waits for, and at docs/reliability.md for what ${chat} allows.`,
        );
  return [
    closed,
    messages === 0
      ? unmeasured(`What was told in ${chat} meanwhile is read`, 'all of it', 'nothing was', null)
      : line(
          `What was told in ${chat} meanwhile is read`,
          'all of it',
          `${ex?.inbound ?? 0} messages of ${messages} things that were told`,
          isMerged && ex !== null && !ex.unread,
          `Some of it could not be read back. The room says what.`,
        ),
    waited === 0
      ? unmeasured('What was written here meanwhile gets there', 'all of it', 'nothing was', 'Write in the war room next time, too.')
      : line(
          'What was written here meanwhile gets there',
          'all of it',
          `${Math.max(0, waited - unsaid)} of ${waited}`,
          unsaid === 0,
          'Look at /operations for what waits for a decision.',
        ),
    gestures === 0
      ? unmeasured('Buttons and commands', 'none is lost unnoticed', 'none was tried', null)
      : unmeasured(
          'Buttons and commands',
          'none is lost unnoticed',
          `${gestures} did not reach Muster, as in any outage`,
          'Who pressed or wrote them has to do it again: no chat sends them twice.',
        ),
  ];
}

const line = (what: string, goal: string, came: string, kept: boolean, improve: string): DrillLine => ({
  what,
  goal,
  came,
  is: kept ? 'kept' : 'missed',
  improve: kept ? null : improve,
});

const unmeasured = (what: string, goal: string, came: string, improve: string | null): DrillLine => ({
  what,
  goal,
  came,
  is: 'unmeasured',
  improve,
});

const within = (seconds: number): string => `within ${inSeconds(seconds)}`;

const inSeconds = (seconds: number): string => {
  const shown = seconds < 10 ? Math.round(seconds * 10) / 10 : Math.round(seconds);
  return shown === 1 ? '1 second' : `${shown} seconds`;
};
