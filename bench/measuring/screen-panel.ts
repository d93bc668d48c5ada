import type { Locator, Page } from '@playwright/test';

const SHOWN_LIMIT_MS = 30_000;

/** Lines of machines in the roster, in their order. */
export function machineLines(page: Page): Locator {
  return page.getByRole('tree', { name: 'Roster' }).getByRole('treeitem', { level: 3 });
}

/** Runs a command by its name in the palette. */
export async function runCommand(page: Page, name: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+k');
  const palette = page.getByRole('dialog', { name: 'Command palette' });
  await palette.getByRole('combobox').fill(name);
  await palette.getByRole('option').first().click();
}

/** Opens the console of a machine, and waits until its screen is drawn and has the keyboard. */
export async function openConsole(page: Page, machine: string): Promise<void> {
  await page.getByRole('treeitem', { name: machine, exact: true }).click();
  await page.getByRole('tab', { name: `Console: ${machine}`, exact: true }).click();
  const panel = page.getByRole('tabpanel', { name: `Console: ${machine}`, exact: true });
  await panel.getByText(/^Connected/).waitFor({ timeout: SHOWN_LIMIT_MS });
  await panel.locator('.screen canvas, [role=application] canvas').first().click();
}
