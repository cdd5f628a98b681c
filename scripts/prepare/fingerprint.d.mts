interface Where {
  readonly root?: string;
  readonly skip?: (path: string) => boolean;
}

export function fingerprint(paths: readonly string[], where?: Where): string;
export function filesIn(paths: readonly string[], where?: Where): string[];
