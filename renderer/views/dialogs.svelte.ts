/** The dialogs of a window that are not forms of commands. */
export type DialogName =
  'palette' | 'settings' | 'accounts' | 'notifications' | 'runs' | 'about' | 'changes' | 'report';

/** Which dialog is open: one at a time. */
export class Dialogs {
  #open = $state<DialogName>();
  #tour = $state(false);

  get current(): DialogName | undefined {
    return this.#open;
  }

  get tour(): boolean {
    return this.#tour;
  }

  set tour(on: boolean) {
    this.#tour = on;
  }

  open(name: DialogName): void {
    this.#open = name;
  }

  close(): void {
    this.#open = undefined;
  }
}
