import { Component, type ReactNode } from 'react';
import { PlainPage } from './plain-page.tsx';

/** The page itself failed. What was written is kept on the device, so a reload is safe, and the page says so. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { readonly failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <PlainPage title="This page stopped working">
        <p>What you wrote is kept on this device. Reload the page to go on.</p>
        <p>
          <a href="">Reload</a>, or <a href="?plain">go on with the plain page</a>, which needs no JavaScript.
        </p>
      </PlainPage>
    );
  }
}
