/** What was put aside cannot be handled again, for a reason that is ours to say. The message is for whoever asked. */
export class NotReplayable extends Error {
  constructor(why: string) {
    super(why);
    this.name = 'NotReplayable';
  }
}
