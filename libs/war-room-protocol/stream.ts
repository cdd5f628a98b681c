/**
 * `GET /api/v1/incidents/:id/stream?after=SEQ`, server-sent events. Reconnecting with `Last-Event-ID` resumes after that number.
 *
 * - `event: room`, `id: <seq>`, data a RoomEvent. In order, without a gap; a gap seen by the page means: fetch, never guess.
 * - `event: mirrors`, no id, data MirrorView[] (all of them). Sent on connecting and whenever one changes; never stored.
 * - `event: given-up`, no id, data string[]: what is switched off for now and missed here, in sentences.
 *   Sent on connecting, also when there is nothing, and whenever it changes: a page that comes back may show what is over.
 * - `event: people`, no id, data a string: how the people of the room are told apart. Sent on connecting and when it changes, as when
 *   two accounts turn out to be one person's: another one than before means to read the room anew.
 * - `event: bye`: the server is going; reconnect with jitter, nothing is lost.
 * - a comment line every 15 s keeps proxies awake.
 */
export const streamEvents = { room: 'room', mirrors: 'mirrors', givenUp: 'given-up', people: 'people', bye: 'bye' } as const;
export const PING_MS = 15_000;
