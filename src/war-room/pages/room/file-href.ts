/** Stays, and asks at the door: it sends on to a link that is good for five minutes. */
export const fileHref = (incident: string, fileId: string): string => `/api/v1/incidents/${incident}/files/${fileId}`;
