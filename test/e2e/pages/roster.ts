import { expect, type Locator, type Page } from '@playwright/test';

/** The roster, by its roles and names. */
export class Roster {
  readonly tree: Locator;
  readonly filter: Locator;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.tree = page.getByRole('tree', { name: 'Roster' });
    this.filter = page.getByRole('searchbox', { name: /filter by name/iu });
  }

  /** An entity or a group by its whole name. */
  item(name: string): Locator {
    return this.tree.getByRole('treeitem', { name, exact: true });
  }

  /** The names of the lines at a level, from top to bottom; 1 is the outermost. */
  async names(level: number): Promise<readonly string[]> {
    return this.tree.getByRole('treeitem', { level }).locator('.name').allInnerTexts();
  }

  async select(name: string): Promise<void> {
    await this.item(name).click();
    await expect(this.item(name)).toHaveAttribute('aria-selected', 'true');
  }

  async selectToo(name: string): Promise<void> {
    await this.item(name).click({ modifiers: ['ControlOrMeta'] });
    await expect(this.item(name)).toHaveAttribute('aria-selected', 'true');
  }

  /** Waits until an entity is in a state, as the words of the roster say it. */
  async expectState(name: string, state: string, timeout = 10_000): Promise<void> {
    const description = new RegExp(`^${state}\\b`, 'u');
    await expect(this.item(name)).toHaveAccessibleDescription(description, { timeout });
  }

  /** Chooses an entry of the menu that a right click on an entity opens. */
  async chooseFromMenu(name: string, entry: string): Promise<void> {
    await this.item(name).click({ button: 'right' });
    await this.#page.getByRole('menuitem', { name: entry, exact: true }).click();
  }
}
