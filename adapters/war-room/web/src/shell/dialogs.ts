import { createContext, use } from 'react';

export type OpenDialog = 'declare' | 'help';

/** The dialogs that can be opened over any page. */
export const DialogsContext = createContext<{ readonly open: (dialog: OpenDialog) => void }>({ open: () => {} });

export function useDialogs(): { readonly open: (dialog: OpenDialog) => void } {
  return use(DialogsContext);
}
