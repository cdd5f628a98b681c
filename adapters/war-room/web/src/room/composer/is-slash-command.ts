/** A path or a date that begins with a slash is something to say, not something to do. */
export function isSlashCommand(text: string): boolean {
  return /^\/[a-z]+(-[a-z]+)*(\s|$)/i.test(text);
}
