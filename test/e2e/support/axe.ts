import type { Page } from '@playwright/test';
import axe from 'axe-core';

/** What axe complains of on a page, as rule and place. */
export async function complaintsOfAxe(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  // Colours that are still on their way would be judged as they are between two themes.
  await page.evaluate(async () => {
    await Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => null)));
  });
  const { violations } = await page.evaluate(() => window.axe.run(document));
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')}: ${failureSummary ?? ''}`),
  );
}

declare global {
  interface Window {
    readonly axe: typeof axe;
  }
}
