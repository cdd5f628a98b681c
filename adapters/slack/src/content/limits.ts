/** Documented limits of Block Kit, and one that is not: the text of all blocks together is refused near 13,200 characters. */
export const MESSAGE_CHARS = 12_000;
export const MESSAGE_BLOCKS = 50;
export const HEADER_CHARS = 150;
export const FIELD_CHARS = 2_000;
export const FIELDS_PER_SECTION = 10;
export const BUTTONS_PER_BLOCK = 25;
export const BUTTON_LABEL = 75;
export const BUTTON_VALUE = 2_000;
export const OPTIONS = 100;
export const OPTION_GROUPS = 100;
export const GROUP_LABEL = 75;
export const OPTION_LABEL = 75;
export const OPTION_VALUE = 150;
export const ID_CHARS = 255;
/** Of `text`, escaped. `chat.update` takes 4,000. */
export const NOTIFICATION_CHARS = 3_000;
export const MODAL_TITLE = 24;
export const MODAL_FIELDS = 100;
/** In a modal, and in Home. */
export const VIEW_BLOCKS = 100;
export const MODAL_STATE = 3_000;
/** One gigabyte a file. */
export const FILE_BYTES = 1_000_000_000;
export const INPUT_CHARS = 3_000;
export const LABEL_CHARS = 2_000;
