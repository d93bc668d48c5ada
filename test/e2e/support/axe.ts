import { expect, type Page } from '@playwright/test';
import axe from 'axe-core';

/** The rules that look at colours, which is all that a theme changes. */
const OF_COLOURS: axe.RunOptions = { runOnly: ['color-contrast', 'link-in-text-block'] };

/** What axe complains of on a page, as rule and place. */
export function complaintsOfAxe(page: Page): Promise<readonly string[]> {
  return complaints(page, {});
}

/** The same of a page that follows the system's theme, light by now: in light all, in dark the colours. */
export async function complaintsInBothThemes(page: Page): Promise<readonly string[]> {
  const found = await complaintsOfAxe(page);
  await changeTheme(page, 'dark');
  const ofDark = await complaints(page, OF_COLOURS);
  await changeTheme(page, 'light');
  return [...found, ...ofDark.map((one) => `in the dark: ${one}`)];
}

async function changeTheme(page: Page, theme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme: theme });
  await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
}

async function complaints(page: Page, options: axe.RunOptions): Promise<readonly string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  // Colours that are still on their way would be judged as they are between two themes.
  await page.evaluate(async () => {
    await Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => null)));
  });
  const { violations } = await page.evaluate((given) => window.axe.run(document, given), options);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')}: ${failureSummary ?? ''}`),
  );
}

declare global {
  interface Window {
    readonly axe: typeof axe;
  }
}
