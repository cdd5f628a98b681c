/** What was asked for is not there. Its message says what is. */
export class Misunderstood extends Error {}
