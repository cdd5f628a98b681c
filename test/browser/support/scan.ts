import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

export interface Look {
  readonly colorScheme: 'dark' | 'light';
  readonly width: number;
}

export const EVERY_LOOK: readonly Look[] = (['dark', 'light'] as const).flatMap((colorScheme) =>
  [320, 768, 1440].map((width) => ({ colorScheme, width })),
);
/** For screens that are made of what the others are made of. */
export const TWO_LOOKS: readonly Look[] = [
  { colorScheme: 'light', width: 320 },
  { colorScheme: 'dark', width: 1440 },
];

/** For dialogs, which are narrow everywhere. */
export const NARROW: readonly Look[] = [
  { colorScheme: 'light', width: 320 },
  { colorScheme: 'dark', width: 320 },
];

/** What keeps some people from using this page as it stands, frames included, in each look; empty when nothing does. */
export async function barriers(page: Page, name: string, looks: readonly Look[] = EVERY_LOOK): Promise<readonly string[]> {
  const found: string[] = [];
  for (const [index, { colorScheme, width }] of looks.entries()) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height: 900 });
    await settled(page);
    const { violations } = await axe(page, index > 0).analyze();
    for (const { id, nodes } of violations)
      for (const node of nodes) found.push(`${name}, ${colorScheme} at ${width}: ${id} at ${String(node.target)}: ${node.failureSummary}`);
    const sideways = await page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
    if (sideways > 0) found.push(`${name}, ${colorScheme} at ${width}: scrolls sideways by ${sideways} px`);
  }
  return found;
}

/**
 * The package's usual way opens a page for each run, for frames of other hosts, and there are none. One run in the page itself
 * says the same in half the time, its frames included; and what is in the page already need not be brought again.
 */
function axe(page: Page, isThere: boolean): AxeBuilder {
  return new AxeBuilder({ page, ...(isThere ? { axeSource: 'void 0' } : {}) }).setLegacyMode().options({ resultTypes: ['violations'] });
}

/** Until the page has taken its new size and colours: two frames drawn, and nothing fades any more. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(`(async () => {
    for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
    const ending = document.getAnimations().filter((one) => one.effect.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(ending.map((one) => one.finished));
  })()`);
}
