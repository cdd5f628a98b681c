/** A goal of `docs/reliability.md`, by its name there. */
export type Goal = `R${number}`;

/** What came of measuring one goal, in words with their numbers. */
export interface Figure {
  readonly goal: string;
  readonly measured: string;
  readonly pass: boolean;
}

/** How it is measured: what `npm run chaos -- R5 --seed 7` was given. */
export interface Asked {
  readonly seed: number;
  /** A minute or less, which shows that the measurement works. Its figure is said and not kept. */
  readonly isSmall: boolean;
  /** An empty Muster's, flushed at every commit. */
  durableDatabase(): Promise<{ readonly url: string; stop(): Promise<void> }>;
}

/** What a file of this folder exports as `figures`: the command finds it there by the goal's name. */
export type Figures = Readonly<Partial<Record<Goal, (asked: Asked) => Promise<Figure>>>>;
