import { expect, type Locator, type Page } from '@playwright/test';

/** A panel with lines of logs. */
export class Logs {
  readonly page: Page;
  readonly panel: Locator;
  readonly lines: Locator;
  readonly filter: Locator;

  constructor(page: Page, panel: Locator) {
    this.page = page;
    this.panel = panel;
    this.lines = panel.getByRole('listbox', { name: 'Lines' });
    this.filter = panel.getByRole('searchbox', { name: 'Filter the lines' });
  }

  get count(): Locator {
    return this.panel.getByRole('toolbar', { name: 'Log' }).getByRole('status');
  }

  button(name: string | RegExp): Locator {
    return this.panel.getByRole('button', { name });
  }

  line(text: string | RegExp): Locator {
    return this.lines.getByRole('option').filter({ hasText: text });
  }

  /** Chooses from the menu of what else can be done. */
  async choose(name: string): Promise<void> {
    await this.button('More').hover();
    await expect(this.page.locator('.tooltip')).toHaveText('More');
    await this.button('More').click();
    // It would lie over the menu.
    await expect(this.page.locator('.tooltip')).toHaveCount(0);
    await this.page.getByRole('menuitem', { name }).click();
  }

  /** How many lines are shown. */
  async shown(): Promise<number> {
    await expect(this.count).toHaveText(/line/u);
    return Number((await this.count.textContent())?.replace(/,/gu, '').match(/\d+/u)?.[0]);
  }
}
