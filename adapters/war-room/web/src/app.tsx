import { Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { Route, Switch } from 'wouter';
import type { RoomHere } from './palette/room-here.ts';
import { Room } from './room/room.tsx';
import { DialogsContext, type OpenDialog } from './shell/dialogs.ts';
import { ErrorBoundary } from './shell/error-boundary.tsx';
import { LatePartsNotice } from './shell/late-parts-notice.tsx';
import { NotFound } from './shell/not-found.tsx';
import { part } from './shell/part.ts';
import { usePageKeys } from './shell/use-page-keys.ts';
import { useTheme } from './shell/use-theme.ts';
import { whenQuiet } from './shell/when-quiet.ts';

const DeclareDialog = part(async () => (await import('./declare/declare-dialog.tsx')).DeclareDialog);
const HelpDialog = part(async () => (await import('./help/help-dialog.tsx')).HelpDialog);
const Home = part(async () => (await import('./home/home.tsx')).Home);
const PaletteDialog = part(async () => (await import('./palette/palette-dialog.tsx')).PaletteDialog);
const Practice = part(async () => (await import('./practice/practice.tsx')).Practice);

export function App() {
  const [dialog, setDialog] = useState<OpenDialog | null>(null);
  const room = useRef<RoomHere>(null);
  const dialogs = useMemo(() => ({ open: setDialog, room }), []);
  useTheme();
  usePageKeys(dialog === null ? setDialog : undefined);
  useEffect(() => whenQuiet(PaletteDialog.fetch, DeclareDialog.fetch, HelpDialog.fetch), []);

  return (
    <ErrorBoundary>
      <DialogsContext value={dialogs}>
        <Suspense fallback={null}>
          <Switch>
            <Route path="/">
              <Home />
            </Route>
            <Route path="/i/:ref">{({ ref }) => <Room key={ref} reference={ref} />}</Route>
            <Route path="/practice/:id">{({ id }) => <Practice key={id} id={id} />}</Route>
            <Route>
              <NotFound title="There is no such page" />
            </Route>
          </Switch>
        </Suspense>
        <Suspense fallback={null}>
          {dialog === 'declare' && <DeclareDialog onClose={() => setDialog(null)} />}
          {dialog === 'palette' && <PaletteDialog onOpen={setDialog} onClose={() => setDialog(null)} />}
          {dialog === 'help' && <HelpDialog onClose={() => setDialog(null)} />}
        </Suspense>
        <LatePartsNotice />
      </DialogsContext>
    </ErrorBoundary>
  );
}
