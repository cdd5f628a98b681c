const FENCE = /^ {0,3}(`{3,}|~{3,})[^`\n]*\n([\s\S]*?)(?:\n {0,3}\1[`~]*[ \t]*(?=\n|$)|$(?![\s\S]))/gm;

/** What stands in a message as a log or as code, without the marks around it; null where nothing does. */
export function logIn(text: string): string | null {
  const logs = [...text.matchAll(FENCE)].map(([, , log = '']) => log);
  return logs.length === 0 ? null : logs.join('\n');
}
