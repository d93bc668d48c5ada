import type { Page } from '@playwright/test';

const LIMIT_MS = 120_000;

declare global {
  interface Window {
    /** When the roster was last drawn anew, in milliseconds since 1970. */
    rosterDrawnAt?: number;
  }
}

/** From now on the page notes when its roster was last drawn anew. */
export async function watchRoster(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Roster' }).evaluate((roster) => {
    const options = { subtree: true, childList: true, characterData: true };
    new MutationObserver(() => (window.rosterDrawnAt = Date.now())).observe(roster, options);
  });
}

/**
 * Waits until the roster has not been drawn anew for so long; when it last was, in milliseconds
 * since 1970. Rejects when it never rests.
 */
export async function rosterAtRest(page: Page, restMs: number): Promise<number> {
  return page.evaluate(
    async ({ rest, limit }) => {
      const since = Date.now();
      const drawnAt = (): number => window.rosterDrawnAt ?? since;
      while (Date.now() - Math.max(since, drawnAt()) < rest) {
        if (Date.now() - since > limit) throw new Error('The roster is never at rest');
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      return drawnAt();
    },
    { rest: restMs, limit: LIMIT_MS },
  );
}
