export function eventsPage(source?: string): string;
