/** The dialogs of a window that are not forms of commands. */
export type DialogName =
  | 'shortcuts'
  | 'palette'
  | 'settings'
  | 'accounts'
  | 'notifications'
  | 'runs'
  | 'about'
  | 'changes'
  | 'report';

/** What the form of roster groups is open for; groups by their whole names. */
export type GroupTask =
  | { readonly kind: 'add'; readonly parent: string | undefined }
  | { readonly kind: 'rename'; readonly group: string };

/** Which dialog is open: one at a time. */
export class Dialogs {
  #group = $state.raw<GroupTask>();
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

  get group(): GroupTask | undefined {
    return this.#group;
  }

  open(name: DialogName): void {
    this.#open = name;
  }

  openGroup(task: GroupTask): void {
    this.#group = task;
  }

  close(): void {
    this.#open = undefined;
    this.#group = undefined;
  }
}
