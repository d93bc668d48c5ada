/** Gives the keyboard to what a panel shows, where that wants it and the user chose the panel. */
export class DockKeyboard {
  readonly #takers = new Map<string, () => void>();
  /** The panel that is to have it and shows nothing yet. */
  #awaited: string | undefined;

  /** Lets what a panel shows take the keyboard, until the returned function is called. */
  serve(panel: string, take: () => void): () => void {
    this.#takers.set(panel, take);
    if (this.#awaited === panel) this.give(panel);
    return () => {
      if (this.#takers.get(panel) === take) this.#takers.delete(panel);
    };
  }

  give(panel: string): void {
    const take = this.#takers.get(panel);
    this.#awaited = take ? undefined : panel;
    take?.();
  }

  /** Gives it to what a clicked tab belongs to, until the returned function is called. */
  watchTabs(dock: HTMLElement): () => void {
    const clicked = (event: MouseEvent): void => {
      // The keys by which tabs are gone through count as clicks without a button that was pressed.
      if (event.detail === 0 || !(event.target instanceof Element)) return;
      const id = event.target.closest<HTMLElement>('.dv-tab')?.dataset['tabPanelId'];
      if (id !== undefined) this.give(id);
    };
    dock.addEventListener('click', clicked);
    return () => dock.removeEventListener('click', clicked);
  }
}
