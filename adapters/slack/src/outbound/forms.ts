import { type Attempt, done, type Form, type Forms, type Interaction, refused } from '@musterhq/chat-port';
import { formProblem, formView } from '../content/form-view.ts';
import { decodeHandle } from '../inbound/handle.ts';
import type { SlackClient } from '../slack-client.ts';

/** Opens a form at once: Slack allows three seconds from the gesture, and one form for each. */
export class SlackForms implements Forms {
  constructor(private readonly client: SlackClient) {}

  async open(via: Interaction, form: Form, signal: AbortSignal): Promise<Attempt<void>> {
    const problem = formProblem(form);
    if (problem) return refused({ code: 'too-large', scope: 'message', remedy: 'shorten', detail: problem });
    const { trigger, view } = decodeHandle(via);
    if (!trigger) return refused({ code: 'invalid', scope: 'message', detail: 'This gesture cannot open a form in Slack.' });
    const method = view ? 'views.push' : 'views.open';
    const opened = await this.client.call<object>(method, { trigger_id: trigger, view: formView(form) }, signal);
    return opened.outcome === 'done' ? done(undefined) : opened;
  }
}
