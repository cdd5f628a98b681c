import { useEffect, useState } from 'react';
import { patiently } from '../../shell/part.ts';
import { whenQuiet } from '../../shell/when-quiet.ts';
import type * as suggestions from './suggestions.tsx';

type CommandHelp = typeof suggestions;

/** The commands and how they are suggested: fetched after the room is shown, since nobody writes one in the first second. */
export function useCommandHelp(): CommandHelp | undefined {
  const [help, show] = useState<CommandHelp>();
  useEffect(() => whenQuiet(async () => show(await patiently(() => import('./suggestions.tsx')))), []);
  return help;
}
