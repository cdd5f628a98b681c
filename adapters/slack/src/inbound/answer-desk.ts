import type { Answer, Envelope, HttpOut, Log } from '@musterhq/chat-port';
import type { SlackClient } from '../slack-client.ts';
import { type AnswerPayload, answerPayload, roomOfAnswer } from './answers.ts';
import type { AnswerDoor } from './bolt-decoder.ts';
import { decodeHandle } from './handle.ts';

/** Gives answers out by the door the gesture came in. */
export class AnswerDesk {
  constructor(
    private readonly client: SlackClient,
    private readonly log: Log,
  ) {}

  /**
   * What goes back with the acknowledgement; undefined for nothing.
   *
   * Slack throws away what is said in the acknowledgement of a press, so those words take the way that came with it,
   * once, and nobody waits for them: the acknowledgement has its three seconds.
   */
  give(door: AnswerDoor, answer: Answer, envelope: Envelope): AnswerPayload | undefined {
    const via = 'via' in envelope.event ? envelope.event.via : undefined;
    const payload = via && answerPayload(door, answer, roomOfAnswer(via));
    if (door === 'command' || door === 'view' || !payload) return payload;
    const url = door === 'press' && via ? decodeHandle(via).responseUrl : undefined;
    if (url) void this.say(url, { ...payload, replace_original: answer.t === 'replace' });
    else this.log.warn({ envelope: envelope.id }, 'an answer could not be shown: Slack has no place for it');
    return undefined;
  }

  overHttp(door: AnswerDoor, answer: Answer, envelope: Envelope): HttpOut {
    const payload = this.give(door, answer, envelope);
    return payload
      ? { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(payload) }
      : { status: 200, body: '' };
  }

  private async say(url: string, body: object): Promise<void> {
    const said = await this.client.respond(url, body);
    if (said.outcome !== 'done') this.log.warn({ fault: said.fault.code }, 'an answer to a press did not reach the person');
  }
}
