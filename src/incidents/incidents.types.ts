export type IncidentId = string;
export type Kind = 'standard' | 'drill';

/** Logic reads rank, never the name. Higher is worse; the number is never shown. */
export const SEVERITIES = [
  { name: 'SEV1', label: 'Critical', guidance: 'Everything is down', rank: 30, isMajor: true },
  { name: 'SEV2', label: 'Major', guidance: 'A key flow is broken: call in who can help', rank: 20, isMajor: true },
  { name: 'SEV3', label: 'Minor', guidance: 'Everything else', rank: 10, isMajor: false },
] as const;
export type Severity = (typeof SEVERITIES)[number]['name'];

export const isSeverity = (name: string): name is Severity => SEVERITIES.some((severity) => severity.name === name);
