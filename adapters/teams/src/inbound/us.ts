/** Who we are to Teams. */
export interface Us {
  /** The instance's id. */
  readonly adapter: string;
  readonly appId: string;
}

/** A bot's id among people is its application's, with 28 before it. */
export const isUs = ({ appId }: Us, id: unknown): boolean => id === `28:${appId}`;
