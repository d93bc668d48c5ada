import { expect, type Locator, type Page } from '@playwright/test';

/** The frame around the panels, by its roles and names. */
export class Shell {
  readonly page: Page;
  readonly palette: Locator;
  readonly connection: Locator;
  readonly tour: Locator;

  constructor(page: Page) {
    this.page = page;
    this.palette = page.getByRole('dialog', { name: 'Command palette' });
    this.connection = page.getByRole('status', { name: 'Connection' });
    this.tour = page.getByRole('dialog', { name: 'The roster' });
  }

  async skipTour(): Promise<void> {
    await this.tour.getByRole('button', { name: 'Skip the tour' }).click();
    await expect(this.tour).toBeHidden();
  }

  /** Runs a command, or opens an entity, by its name alone. */
  async run(name: string): Promise<void> {
    await this.page.keyboard.press('ControlOrMeta+k');
    await this.palette.getByRole('combobox').fill(name);
    const option = this.palette.getByRole('option', { name: new RegExp(`^${name}`, 'u') });
    await option.first().click();
    await expect(this.palette).toBeHidden();
  }

  /** What a panel shows, by "<panel>: <subject>". */
  panel(name: string): Locator {
    return this.page.getByRole('tabpanel', { name, exact: true });
  }

  tab(name: string): Locator {
    return this.page.getByRole('tab', { name, exact: true });
  }

  /** Brings a panel to the front and gives what it shows. */
  async show(name: string): Promise<Locator> {
    await this.tab(name).click();
    const panel = this.panel(name);
    await expect(panel).toBeVisible();
    return panel;
  }

  dialog(name: string): Locator {
    return this.page.getByRole('dialog', { name, exact: true });
  }

  /** Changes from light to dark or back. */
  async toggleTheme(): Promise<void> {
    const html = this.page.locator('html');
    const before = await html.getAttribute('data-theme');
    await this.run('Switch between light and dark');
    await expect(html).not.toHaveAttribute('data-theme', before ?? '');
  }
}
