import { ToggleButton } from 'react-aria-components/ToggleButton';
import { ToggleButtonGroup } from 'react-aria-components/ToggleButtonGroup';
import type { Filter } from '../../store/flow.ts';
import { Button } from '../../ui/button.tsx';
import { times, usePreference } from '../../ui/preference.ts';
import styles from './filters.module.css';

const filters: readonly { readonly id: Filter; readonly label: string }[] = [
  { id: 'all', label: 'All' },
  { id: 'timeline', label: 'Timeline' },
  { id: 'people', label: 'People only' },
];

export function Filters({ filter, onFilter }: { readonly filter: Filter; readonly onFilter: (filter: Filter) => void }) {
  const zone = usePreference(times);
  return (
    <div className={styles.bar}>
      <ToggleButtonGroup
        className={styles.filters!}
        aria-label="Show"
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[filter]}
        onSelectionChange={([chosen]) => onFilter(chosen as Filter)}
      >
        {filters.map(({ id, label }) => (
          <ToggleButton key={id} id={id} className={styles.filter!}>
            {label}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      <span className={styles.zone}>
        <Button look="plain" onPress={() => times.choose(zone === 'utc' ? 'local' : 'utc')}>
          {zone === 'utc' ? 'Times in UTC' : 'Times are local'}
        </Button>
      </span>
    </div>
  );
}
