import type { Locator } from '@playwright/test';

/** The Controls panel of one or several machines. */
export class Controls {
  readonly #panel: Locator;

  constructor(panel: Locator) {
    this.#panel = panel;
  }

  /** A command of the toolbar by its words; it is disabled by a reason, never by being absent. */
  button(name: string): Locator {
    const toolbar = this.#panel.getByRole('toolbar', { name: 'Power' });
    return toolbar.getByRole('button', { name, exact: true });
  }
}
