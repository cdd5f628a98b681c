// Loaded before every process of Muster, by tests only: SIGUSR2 throws what nobody catches, SIGPIPE rejects what nobody awaits,
// each with words that somebody could have written.
const WORDS = 'canary-crash-9c41: the payments database is gone';

process.on('SIGUSR2', () => {
  throw new TypeError(WORDS);
});
process.on('SIGPIPE', () => {
  void Promise.reject(Object.assign(new Error(WORDS, { cause: new Error(WORDS) }), { code: 'E_CANARY' }));
});
