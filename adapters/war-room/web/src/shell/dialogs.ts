import { createContext, type RefObject, use } from 'react';
import type { RoomHere } from '../palette/room-here.ts';

export type OpenDialog = 'declare' | 'help' | 'palette';

export interface Dialogs {
  readonly open: (dialog: OpenDialog) => void;
  /** The room in front of this person, while there is one. */
  readonly room: RefObject<RoomHere | null>;
}

/** The dialogs that can be opened over any page. */
export const DialogsContext = createContext<Dialogs>({ open: () => {}, room: { current: null } });

export function useDialogs(): Dialogs {
  return use(DialogsContext);
}
