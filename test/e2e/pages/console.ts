import { decode } from 'fast-png';
import { readTextScreen } from '../../support/read-text-screen.ts';
import { expect, type Locator, type Page } from '@playwright/test';

/** The Console panel of a machine, by its roles and names. */
export class Console {
  readonly panel: Locator;
  readonly screen: Locator;
  readonly #page: Page;

  constructor(page: Page, panel: Locator) {
    this.#page = page;
    this.panel = panel;
    this.screen = panel.getByRole('application', { name: /^Screen of / });
  }

  /** Waits until the screen is drawn. */
  async connected(): Promise<void> {
    await expect(this.panel.getByText(/Connected (?:by|directly)/)).toBeVisible({
      timeout: 20_000,
    });
    await expect(this.screen.locator('canvas').first()).toBeVisible();
  }

  /** Puts the keyboard into the guest. */
  async takeKeyboard(): Promise<void> {
    await this.screen.locator('canvas').first().click();
    await expect(this.panel.getByText('The keyboard goes to the machine.')).toBeVisible();
  }

  async releaseKeyboard(): Promise<void> {
    await this.#page.keyboard.press('Control+Alt+Shift');
    await expect(this.panel.getByText('The keyboard goes to the machine.')).toBeHidden();
  }

  async openScreenMenu(): Promise<Locator> {
    await this.button('Screen').click();
    const menu = this.#page.getByRole('menu');
    await expect(menu).toBeVisible();
    return menu;
  }

  /** Chooses something of the menu of the screen. */
  async chooseOfScreen(
    name: string,
    role: 'menuitem' | 'menuitemcheckbox' | 'menuitemradio' = 'menuitemcheckbox',
  ): Promise<void> {
    const menu = await this.openScreenMenu();
    await menu.getByRole(role, { name, exact: true }).click();
    await expect(menu).toBeHidden();
  }

  /** Types into the guest, as a user does who clicked on its screen. */
  async type(text: string): Promise<void> {
    await this.takeKeyboard();
    for (const character of text) {
      // As hands do it: a capital is its key with Shift, and the guest makes the capital of it.
      const key = character === ' ' ? 'Space' : `Key${character.toUpperCase()}`;
      const isCapital = character !== character.toLowerCase();
      await this.#page.keyboard.press(isCapital ? `Shift+${key}` : key, { delay: 30 });
    }
  }

  /** What stands on the text screen of a guest of the embedded platform. */
  async text(): Promise<string> {
    const url = await this.screen
      .locator('canvas')
      .first()
      .evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL('image/png'));
    return readTextScreen(decode(Buffer.from(url.slice(url.indexOf(',') + 1), 'base64')));
  }

  button(name: string): Locator {
    return this.panel.getByRole('button', { name, exact: true });
  }
}
