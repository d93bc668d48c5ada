import { expect, type Locator, type Page } from '@playwright/test';

/** The roster, by its roles and names. */
export class Roster {
  readonly tree: Locator;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.tree = page.getByRole('tree', { name: 'Roster' });
  }

  item(name: string): Locator {
    return this.tree.getByRole('treeitem', { name });
  }

  async select(name: string): Promise<void> {
    await this.item(name).click();
    await expect(this.item(name)).toHaveAttribute('aria-selected', 'true');
  }

  async selectToo(name: string): Promise<void> {
    await this.item(name).click({ modifiers: ['ControlOrMeta'] });
  }

  async filter(text: string): Promise<void> {
    await this.#page.getByRole('searchbox', { name: /filter/i }).fill(text);
  }
}
