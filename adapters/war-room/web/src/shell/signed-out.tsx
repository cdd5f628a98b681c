import { PlainPage } from './plain-page.tsx';

export function SignedOut() {
  return (
    <PlainPage title="You are signed out">
      <p>You are signed out. Sign in to go on; what you wrote is kept on this device.</p>
      <p>
        <a href="/sign-in">Sign in</a>
      </p>
    </PlainPage>
  );
}
