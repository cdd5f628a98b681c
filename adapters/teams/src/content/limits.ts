/**
 * Teams takes about 100 KB in UTF-16, mentions and reactions included, and advises 80; older pages of Microsoft say 40 for a message, and 28
 * in UTF-8 for a card that comes by other ways. This is below each of them, for letters that have one byte.
 */
export const PAYLOAD_BYTES = 40_000;
export const TEXT_CHARS = 8_000;
