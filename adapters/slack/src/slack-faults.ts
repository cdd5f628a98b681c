import { type Attempt, type Fault, refused, unknown } from '@musterhq/chat-port';

type Verdict = Omit<Fault, 'native' | 'retryAfterMs'>;

const reauthorize: Verdict = {
  code: 'auth',
  scope: 'tenant',
  remedy: 'reauthorize',
  detail: 'Slack no longer accepts the bot token. Install the app again and set the new token.',
};
const noScope: Verdict = {
  code: 'forbidden',
  scope: 'tenant',
  remedy: 'reinstall',
  detail: 'The app lacks a permission in this workspace. Update its manifest and install it again.',
};
const askAdmin: Verdict = {
  code: 'forbidden',
  scope: 'tenant',
  remedy: 'ask-admin',
  detail: 'A setting of this workspace forbids it. Ask an administrator of Slack.',
};
const inviteBot: Verdict = {
  code: 'not-found',
  scope: 'room',
  remedy: 'invite-bot',
  detail: 'The app cannot see this channel. Invite it with /invite.',
};
const tooLarge: Verdict = { code: 'too-large', scope: 'message', remedy: 'shorten', detail: 'The message is longer than Slack takes.' };
const invalid: Verdict = { code: 'invalid', scope: 'message' };
const gone: Verdict = { code: 'not-found', scope: 'message' };
const forbiddenMessage: Verdict = { code: 'forbidden', scope: 'message' };
const forbiddenRoom: Verdict = {
  code: 'forbidden',
  scope: 'room',
  remedy: 'ask-admin',
  detail: 'A setting of this channel or workspace forbids it. Ask an administrator of Slack.',
};
const unsupported: Verdict = { code: 'unsupported', scope: 'message' };
const expired: Verdict = {
  code: 'closed',
  scope: 'message',
  detail: 'The click is too old to open a form: Slack allows three seconds. Try again.',
};

/** Slack's word for no, and what follows from it. A code that is not here is a refusal of this one message. */
const REFUSALS: Readonly<Record<string, Verdict>> = {
  not_authed: reauthorize,
  invalid_auth: reauthorize,
  token_expired: reauthorize,
  token_revoked: reauthorize,
  account_inactive: reauthorize,
  user_removed_from_team: reauthorize,
  team_disabled: reauthorize,
  missing_scope: noScope,
  not_allowed_token_type: noScope,
  no_permission: noScope,
  app_missing_action_url: noScope,
  team_access_not_granted: askAdmin,
  access_denied: askAdmin,
  org_login_required: askAdmin,
  ekm_access_denied: askAdmin,
  accesslimited: askAdmin,
  restricted_action: forbiddenRoom,
  restricted_action_read_only_channel: forbiddenRoom,
  restricted_action_thread_only_channel: forbiddenRoom,
  restricted_action_non_threadable_channel: forbiddenRoom,
  restricted_action_thread_locked: forbiddenRoom,
  channel_not_found: inviteBot,
  not_in_channel: { ...inviteBot, code: 'forbidden' },
  is_archived: { code: 'closed', scope: 'room', detail: 'The channel is archived. Unarchive it to write in it.' },
  channel_is_archived: { code: 'closed', scope: 'room', detail: 'The channel is archived. Unarchive it to write in it.' },
  msg_too_long: tooLarge,
  msg_blocks_too_long: tooLarge,
  metadata_too_large: tooLarge,
  view_too_large: tooLarge,
  invalid_blocks: invalid,
  invalid_blocks_format: invalid,
  invalid_arguments: invalid,
  invalid_metadata_format: invalid,
  invalid_metadata_schema: invalid,
  no_text: invalid,
  message_not_found: gone,
  thread_not_found: gone,
  bad_timestamp: gone,
  user_not_found: gone,
  user_not_in_channel: { ...gone, detail: 'That person is not in the channel, so Slack shows them nothing there.' },
  cant_update_message: forbiddenMessage,
  cant_delete_message: forbiddenMessage,
  edit_window_closed: { code: 'closed', scope: 'message', detail: 'This workspace no longer allows editing a message of that age.' },
  cannot_reply_to_message: forbiddenMessage,
  file_not_found: { ...gone, detail: 'it was deleted in Slack' },
  file_deleted: { ...gone, detail: 'it was deleted in Slack' },
  file_uploads_disabled: { ...askAdmin, detail: 'This workspace forbids files. Ask an administrator of Slack.' },
  file_uploads_except_images_disabled: { ...forbiddenMessage, detail: 'This workspace allows pictures only.' },
  file_upload_size_restricted: { ...tooLarge, detail: 'The file is larger than this workspace allows.' },
  storage_limit_reached: { ...forbiddenMessage, detail: 'This workspace has no room for files any more.' },
  slack_connect_file_upload_sharing_blocked: { ...forbiddenRoom, detail: 'No files may be added in this shared channel.' },
  name_taken: { code: 'conflict', scope: 'message', detail: 'A channel of that name exists already.' },
  not_authorized: {
    code: 'forbidden',
    scope: 'message',
    detail: 'Only whoever made a channel, or an administrator of Slack, may rename it. Rename it there by hand.',
  },
  invalid_name: invalid,
  invalid_name_required: invalid,
  invalid_name_punctuation: invalid,
  invalid_name_maxlength: invalid,
  invalid_name_specials: invalid,
  expired_trigger_id: expired,
  exchanged_trigger_id: expired,
  invalid_trigger_id: expired,
  trigger_expired: expired,
  trigger_exchanged: expired,
  unknown_method: unsupported,
  method_not_supported_for_channel_type: unsupported,
  team_added_to_org: {
    code: 'unavailable',
    scope: 'tenant',
    remedy: 'wait',
    detail: 'Slack is moving this workspace into an organisation.',
  },
};

/** Slack says no, but cannot itself say whether it was done. */
const PERHAPS_DONE: Readonly<Record<string, Verdict>> = {
  internal_error: { code: 'unavailable', scope: 'tenant', remedy: 'wait' },
  fatal_error: { code: 'unavailable', scope: 'tenant', remedy: 'wait' },
  service_unavailable: { code: 'unavailable', scope: 'tenant', remedy: 'wait' },
  request_timeout: { code: 'timeout', scope: 'tenant', remedy: 'wait' },
};

/** The connection never stood, so no byte of the request was sent. A reset is not among them: it may come after. */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
  'ERR_INVALID_URL',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** Calls whose 429 concerns one channel; the others share a budget of the workspace. */
const BY_ROOM = new Set(['chat.postMessage', 'chat.postEphemeral', 'chat.update', 'chat.delete']);

/** A call that did not end with `ok: true`, as seen on the wire. */
export type Failure =
  | { readonly kind: 'answer'; readonly error: unknown }
  | { readonly kind: 'status'; readonly status: number; readonly retryAfterMs?: number }
  | { readonly kind: 'aborted' }
  | { readonly kind: 'network'; readonly error: unknown };

/** The one place where Slack's ways of failing become the port's. */
export function outcomeOf(failure: Failure, method: string): Attempt<never> {
  switch (failure.kind) {
    case 'answer':
      return ofAnswer(failure.error, method);
    case 'status':
      return ofStatus(failure.status, failure.retryAfterMs, method);
    case 'aborted':
      return unknown({ code: 'timeout', scope: 'tenant', remedy: 'wait', detail: 'Slack did not answer in time.' });
    case 'network':
      return ofNetwork(failure.error);
  }
}

export const isSlackError = (attempt: Attempt<unknown>, ...codes: readonly string[]): boolean =>
  attempt.outcome !== 'done' && attempt.fault.native !== undefined && codes.includes(attempt.fault.native);

function ofAnswer(error: unknown, method: string): Attempt<never> {
  if (typeof error !== 'string' || !/^[a-z][a-z0-9_]{1,80}$/.test(error)) {
    return unknown({ code: 'protocol', scope: 'tenant', detail: 'What came back is no answer of Slack.' });
  }
  if (error === 'ratelimited' || error === 'rate_limited') return { ...ofStatus(429, undefined, method) };
  const perhaps = PERHAPS_DONE[error];
  if (perhaps) return unknown({ ...perhaps, native: error });
  return refused({ ...(REFUSALS[error] ?? invalid), native: error });
}

function ofStatus(status: number, retryAfterMs: number | undefined, method: string): Attempt<never> {
  const native = `http ${status}`;
  if (status === 429) {
    const scope = BY_ROOM.has(method) ? 'room' : 'tenant';
    return refused({ code: 'rate-limited', scope, remedy: 'wait', native, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) });
  }
  if (status >= 500) return unknown({ code: 'unavailable', scope: 'tenant', remedy: 'wait', native });
  return unknown({ code: 'protocol', scope: 'tenant', native });
}

function ofNetwork(error: unknown): Attempt<never> {
  const code = codeOf(error);
  const fault: Fault = {
    code: 'unavailable',
    scope: 'tenant',
    remedy: 'wait',
    detail: 'Slack cannot be reached.',
    ...(code ? { native: code } : {}),
  };
  return code && NEVER_SENT.has(code) ? refused(fault) : unknown(fault);
}

/** fetch hides the reason in `cause`, and for names with several addresses in `errors` below it. */
function codeOf(error: unknown, depth = 0): string | undefined {
  if (depth > 4 || typeof error !== 'object' || error === null) return undefined;
  const { code, cause, errors } = error as { code?: unknown; cause?: unknown; errors?: unknown };
  if (typeof code === 'string' && code !== '') return code;
  const first: unknown = Array.isArray(errors) ? errors[0] : undefined;
  return codeOf(cause, depth + 1) ?? codeOf(first, depth + 1);
}
