/** Teams takes about 100 KB in UTF-16, mentions and reactions included, and advises 80: this stays well below. */
export const PAYLOAD_BYTES = 60_000;
export const TEXT_CHARS = 8_000;
