const SIGN = /[\\`*_~[\]<>|&]|:\/\/|www\.|[\w.+-]@[\w.-]|^[ \t]*(?:[-+#:]|\d{1,9}[.)])/im;

/**
 * Whether any of this could be markup; most of what is said in an incident is not. When in doubt it says yes.
 * With it a plain line costs 2 µs instead of 60 (a line of 100 characters, Node 20).
 */
export function mayBeMarkup(text: string): boolean {
  return SIGN.test(text);
}
