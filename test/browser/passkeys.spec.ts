import type { Page } from 'playwright-core';
import { signIn } from './support/people.ts';
import { barriers, TWO_LOOKS } from './support/scan.ts';
import { useStage } from './support/stage.ts';
import type { Visitor } from './support/visitor.ts';

import.meta.jest.setTimeout(120_000);

/** A device of the browser's own making, which is touched as soon as it is asked. */
async function aDevice(visitor: Visitor, page: Page, isWilling = true): Promise<void> {
  const browser = await visitor.context.newCDPSession(page);
  await browser.send('WebAuthn.enable');
  await browser.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: isWilling,
      automaticPresenceSimulation: true,
    },
  });
}

describe('Getting in with a passkey', () => {
  const stage = useStage();

  it('is made once in the settings, and from then on is one press', async () => {
    const visitor = await stage.visitor();
    const page = await signIn(visitor, stage.signInLink, 'Ada');
    await aDevice(visitor, page);
    await page.goto('/settings');
    await page.getByRole('link', { name: 'Your passkeys' }).click();
    expect(await barriers(page, 'passkeys', TWO_LOOKS)).toEqual([]);

    await page.getByLabel('What to call it').fill('Work laptop');
    await page.getByRole('button', { name: 'Make a passkey' }).click();
    await page.getByText(/made .* UTC, not used yet/).waitFor();
    expect(await barriers(page, 'passkeys, one of them', TWO_LOOKS)).toEqual([]);

    // The same device has one already.
    await page.getByRole('button', { name: 'Make a passkey' }).click();
    await page.getByRole('alert').getByText('This device has a passkey of yours already.').waitFor();

    await page.goto('/sign-in');
    await page.getByRole('button', { name: 'Sign out' }).click();
    expect(await barriers(page, 'the doors', TWO_LOOKS)).toEqual([]);
    await page.goto('/sign-in?to=/settings/passkeys');
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();

    await page.waitForURL('**/settings/passkeys');
    await page.getByText(/made .* UTC, last used /).waitFor();
    expect(visitor.complaints()).toEqual([]);
  });

  it('says what to do where the device does not know its person', async () => {
    const visitor = await stage.visitor();
    const page = await visitor.open('/sign-in');
    await aDevice(visitor, page, false);

    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();

    await page.getByRole('alert').getByText('Press the button again, or choose another way.').waitFor();
    expect(await page.getByRole('button', { name: 'Sign in with a passkey' }).isEnabled()).toBe(true);
    await page.getByLabel(/One of the codes that you printed/).waitFor();
  });
});
