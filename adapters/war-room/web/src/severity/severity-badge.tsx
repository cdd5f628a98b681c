import type { SeverityName } from '#libs/war-room-protocol/vocabulary';
import styles from './severity-badge.module.css';

const bars: Record<SeverityName, number> = { SEV1: 4, SEV2: 3, SEV3: 2 };

/** Word, bars and fill: a level is never said by colour alone. */
export function SeverityBadge({ severity }: { readonly severity: SeverityName }) {
  return (
    <span className={`${styles.badge} ${styles[severity]}`}>
      <svg width="18" height="14" viewBox="0 0 18 14" aria-hidden="true">
        {[4, 7, 10, 13].map((height, index) => (
          <rect
            key={height}
            x={index * 4.75}
            y={14 - height}
            width="3.25"
            height={height}
            rx="1"
            opacity={index < bars[severity] ? 1 : 0.28}
          />
        ))}
      </svg>
      {severity}
    </span>
  );
}
