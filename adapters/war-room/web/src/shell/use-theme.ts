import { useLayoutEffect } from 'react';
import { theme, usePreference } from '../ui/preference.ts';

export function useTheme(): void {
  const chosen = usePreference(theme);
  useLayoutEffect(() => {
    if (chosen === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = chosen;
  }, [chosen]);
}
