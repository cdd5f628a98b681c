const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;', '\0': '\uFFFD' };
const SIGN = /[&<>"'\0]/g;

/** The only way a string enters the page: safe between tags and inside a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(SIGN, (sign) => SIGNS[sign]!);
}
