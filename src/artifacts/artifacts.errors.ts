const MEGABYTE = 1024 * 1024;

export class FileNotFound extends Error {
  constructor(readonly id: string) {
    super(`There is no file "${id.slice(0, 80)}" in this incident that you can see. Look at the room for its link.`);
    this.name = 'FileNotFound';
  }
}

export class FileRemoved extends Error {
  constructor(readonly fileName: string) {
    super(`"${fileName}" was removed; the room says by whom. If it is needed, ask for it to be added again.`);
    this.name = 'FileRemoved';
  }
}

export class FileTooLarge extends Error {
  constructor(readonly limit: number) {
    super(
      `The file is larger than ${Math.floor(limit / MEGABYTE)} MB. Nothing of it was kept. Compress it or cut out the part that matters, or send a link to where it is.`,
    );
    this.name = 'FileTooLarge';
  }
}

export class FileEmpty extends Error {
  constructor() {
    super('The file is empty. Choose it again, and look that it was saved.');
    this.name = 'FileEmpty';
  }
}

/** Decided by what is in it; what it is called says nothing. */
export class FileKindRefused extends Error {
  constructor(readonly found: string) {
    super(
      `This is ${found}, which is not kept here. PNG, JPEG, GIF and WebP images, MP4, PDF, text (logs, CSV, JSON), ZIP and gzip are. Send one of these, or put it into a ZIP.`,
    );
    this.name = 'FileKindRefused';
  }
}

/** The same id came with other bytes, another name or from somebody else: one of the two would be lost. */
export class FileIdReused extends Error {
  constructor() {
    super('This file id was used for another file. Send the file again with a new id; in a browser, reload the page first.');
    this.name = 'FileIdReused';
  }
}

export class NotYourMessage extends Error {
  constructor() {
    super('A file can go with a message of your own in this room only. Send it without "message", and it stands by itself.');
    this.name = 'NotYourMessage';
  }
}

export class LinkNotGood extends Error {
  constructor() {
    super('This link to a file has run out or is not one of ours. Links are good for five minutes: open the file from the room again.');
    this.name = 'LinkNotGood';
  }
}

export class UploadBrokeOff extends Error {
  constructor() {
    super('The file did not arrive whole, and nothing of it was kept. Send it again with the same id.');
    this.name = 'UploadBrokeOff';
  }
}

/** The disk or the bucket says no. The room itself does not need either. */
export class StoreAway extends Error {
  constructor(
    readonly why: string,
    cause?: unknown,
  ) {
    super(
      `Files cannot be kept or read at the moment: ${why}. Nothing was recorded. Messages still work; send the file again with the same id when this is put right.`,
      { cause },
    );
    this.name = 'StoreAway';
  }
}
