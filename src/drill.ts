import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import * as z from 'zod/mini';
import { type DrillReport, type DrillView, DRILL_FAULTS, MINUTES, drillView } from '#src/drills/drills.types';
import { readConfig } from '#src/platform/config/config';
import { environment } from '#src/platform/config/environment';
import { program } from '#src/platform/processes/program';
import { Refusal } from '#src/platform/processes/refusal';

const USAGE = `npm run drill -- [${DRILL_FAULTS.join('|')}] [--minutes ${MINUTES.usual}] [--chat NAME] [--team NAME] [--tell] [--at https://muster.example.com]
A token with the scope "write" of a responder is read from MUSTER_TOKEN; /settings/tokens makes one. --tell uses mail, pager and webhook.`;

const LOOK_MS = 1_000;
const problem = z.object({ detail: z.string() });

/** `npm run drill`: from outside, as anybody with a token could. Exit code 2 when a goal was missed, so that a schedule can notice. */
export const drill = (given: readonly string[]): Promise<void> =>
  program(async () => {
    const { at, token, ask } = asked(given);
    const muster = new Outside(at, token);
    let seen = await muster.call('POST', '/api/v1/drills', ask);
    console.log(`${seen.number}: ${new URL(`/drill/${seen.id}`, at).href}`);
    for (let said = ''; ; seen = await muster.call('GET', `/api/v1/drills/${seen.id}`)) {
      if (seen.say !== said) console.log(seen.say);
      said = seen.say;
      if (seen.phase === 'over') break;
      await sleep(LOOK_MS);
    }
    if (!seen.report) throw new Refusal('There is no report. The log of Muster says why.');
    console.log(inLines(seen.report));
    if (seen.report.kept < seen.report.of || seen.report.of === 0) process.exitCode = 2;
  });

class Outside {
  constructor(
    private readonly at: string,
    private readonly token: string,
  ) {}

  async call(method: string, path: string, body?: object): Promise<DrillView> {
    const response = await fetch(new URL(path, this.at), {
      method,
      headers: { authorization: `Bearer ${this.token}`, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    }).catch(() => {
      throw new Refusal(`No Muster answers at ${this.at}. Start it, or say with --at where it is.`);
    });
    const answer: unknown = await response.json().catch(() => null);
    const { data: why } = z.safeParse(problem, answer);
    if (!response.ok) throw new Refusal(why?.detail ?? `${this.at} answered ${response.status}, which is no answer of Muster's.`);
    return z.parse(drillView, answer);
  }
}

function asked(given: readonly string[]): { at: string; token: string; ask: object } {
  const { values, positionals } = argumentsOf(given);
  const [fault = 'silent', ...more] = positionals;
  if (more.length > 0) throw new Refusal(USAGE);
  const { PUBLIC_URL, MUSTER_BOOTSTRAP_TOKEN } = readConfig(environment);
  const token = environment['MUSTER_TOKEN'] ?? MUSTER_BOOTSTRAP_TOKEN;
  if (!token) throw new Refusal(USAGE);
  const ask = { fault, minutes: Number(values.minutes), chat: values.chat, team: values.team, tells: values.tell };
  return { at: values.at ?? PUBLIC_URL, token, ask };
}

function argumentsOf(given: readonly string[]) {
  try {
    return parseArgs({
      args: [...given],
      allowPositionals: true,
      options: {
        minutes: { type: 'string', default: String(MINUTES.usual) },
        chat: { type: 'string', default: '' },
        team: { type: 'string', default: '' },
        tell: { type: 'boolean', default: false },
        at: { type: 'string' },
      },
    });
  } catch {
    throw new Refusal(USAGE);
  }
}

const MARKS = { kept: 'kept      ', missed: 'missed    ', unmeasured: 'not seen  ' } as const;

function inLines({ kept, of, lines }: DrillReport): string {
  const each = lines.map(
    ({ what, goal, came, is, improve }) => `  ${MARKS[is]}${what}: ${came} (${goal})${improve ? `\n            ${improve}` : ''}`,
  );
  return [`${kept} of ${of} goals were kept.`, ...each].join('\n');
}
