import { severities, type SeverityName } from '#libs/war-room-protocol/vocabulary';
import type { Choice } from '../ui/choice-field.tsx';
import { SeverityBadge } from './severity-badge.tsx';

/** The levels with what they mean, worst first: guidance belongs to the moment of choice. */
export const severityChoices: readonly Choice<SeverityName>[] = severities.map(({ name, label, guidance }) => ({
  value: name,
  label: (
    <>
      <SeverityBadge severity={name} /> {label}
    </>
  ),
  help: guidance,
}));
