/** What may stand as the language of a code block, in a fence and in a class name. */
export const LANGUAGE = /^[A-Za-z0-9][A-Za-z0-9+#.-]{0,29}$/;
