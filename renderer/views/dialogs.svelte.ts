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

/** A page that was handed to the browser; `opened`: as far as the system says. */
export interface OpenedPage {
  readonly destination: 'documentation' | 'support';
  readonly address: string;
  readonly opened: boolean;
}

/** Which dialog is open: one at a time. */
export class Dialogs {
  #group = $state.raw<GroupTask>();
  #page = $state.raw<OpenedPage>();
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

  get page(): OpenedPage | undefined {
    return this.#page;
  }

  openPage(page: OpenedPage): void {
    this.#page = page;
  }

  openGroup(task: GroupTask): void {
    this.#group = task;
  }

  close(): void {
    this.#open = undefined;
    this.#group = undefined;
    this.#page = undefined;
  }
}
