export function thawed(folder: string): string[];
export function freeze(folder: string): string[];
