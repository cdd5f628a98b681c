import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { Route, Switch } from 'wouter';
import { Room } from './room/room.tsx';
import { DialogsContext, type OpenDialog } from './shell/dialogs.ts';
import { ErrorBoundary } from './shell/error-boundary.tsx';
import { NotFound } from './shell/not-found.tsx';
import { usePageKeys } from './shell/use-page-keys.ts';
import { useTheme } from './shell/use-theme.ts';
import { whenQuiet } from './shell/when-quiet.ts';

const loadDeclare = () => import('./declare/declare-dialog.tsx').then((module) => ({ default: module.DeclareDialog }));
const loadHelp = () => import('./help/help-dialog.tsx').then((module) => ({ default: module.HelpDialog }));
const DeclareDialog = lazy(loadDeclare);
const HelpDialog = lazy(loadHelp);
const Home = lazy(async () => ({ default: (await import('./home/home.tsx')).Home }));
const Practice = lazy(async () => ({ default: (await import('./practice/practice.tsx')).Practice }));

export function App() {
  const [dialog, setDialog] = useState<OpenDialog | null>(null);
  const open = useMemo(() => ({ open: setDialog }), []);
  useTheme();
  usePageKeys(dialog === null ? setDialog : undefined);
  useEffect(() => whenQuiet(loadDeclare, loadHelp), []);

  return (
    <ErrorBoundary>
      <DialogsContext value={open}>
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
          {dialog === 'help' && <HelpDialog onClose={() => setDialog(null)} />}
        </Suspense>
      </DialogsContext>
    </ErrorBoundary>
  );
}
