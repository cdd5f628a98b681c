import { type Answer, type Answers, type Attempt, done, type Interaction, refused } from '@musterhq/chat-port';
import { contentView } from '../content/form-view.ts';
import { answerPayload, roomOfAnswer } from '../inbound/answers.ts';
import { decodeHandle } from '../inbound/handle.ts';
import type { SlackClient } from '../slack-client.ts';

/** A form that is still open shows the answer; a command and a press have an address that takes it for half an hour. */
export class SlackAnswers implements Answers {
  constructor(private readonly client: SlackClient) {}

  async give(via: Interaction, answer: Extract<Answer, { t: 'replace' | 'private' }>, signal: AbortSignal): Promise<Attempt<void>> {
    const { view, responseUrl } = decodeHandle(via);
    const room = roomOfAnswer(via);
    if (view) {
      const shown = await this.client.call<object>('views.update', { view_id: view, view: contentView(answer.content, room) }, signal);
      return shown.outcome === 'done' ? done(undefined) : shown;
    }
    if (!responseUrl) return refused({ code: 'closed', scope: 'message', detail: 'Slack gave no address to answer this gesture at.' });
    return this.client.respond(responseUrl, { ...answerPayload('press', answer, room), replace_original: answer.t === 'replace' }, signal);
  }
}
