const ANYWHERE = 'http://local.invalid';

/** Where to go after signing in: a path of ours, or the start. An address elsewhere would be sent with our name on it. */
export function localPath(given: unknown): string {
  if (typeof given !== 'string' || !given.startsWith('/') || given.length > 2_000) return '/';
  try {
    const { origin, pathname, search, hash } = new URL(given, ANYWHERE);
    // "//host" and "/\host" are read as hosts by browsers, also when they appear only after ".." was taken out.
    return origin === ANYWHERE && !pathname.startsWith('//') ? `${pathname}${search}${hash}` : '/';
  } catch {
    return '/';
  }
}
