import { identityOf, recognise, type DisplayView } from './display-match.ts';
import type { WorkspaceList } from './workspace-list.ts';

/** As much of Electron's `screen` as we need. */
export interface ScreenView {
  getAllDisplays(): readonly DisplayView[];
  getPrimaryDisplay(): DisplayView;
}

/** The displays that are there, under the keys by which places of windows name them. */
export class DisplayList {
  readonly #screen: ScreenView;
  readonly #list: WorkspaceList;
  #present: ReadonlyMap<string, DisplayView> = new Map();

  constructor(screen: ScreenView, list: WorkspaceList) {
    this.#screen = screen;
    this.#list = list;
  }

  /** Looks which displays are there now, and which of those seen earlier they are. */
  look(): void {
    const displays = this.#screen.getAllDisplays();
    const { known, keys } = recognise(this.#list.displays, displays.map(identityOf));
    this.#list.displays = known;
    this.#present = new Map(
      displays.flatMap((display, at) => {
        const key = keys[at];
        return key === undefined ? [] : [[key, display]];
      }),
    );
  }

  /** Tells whether the displays are still those that were there at the last look. */
  get isCurrent(): boolean {
    const describe = (all: readonly DisplayView[]): string =>
      JSON.stringify(all.map(({ id, bounds }) => [id, bounds]).sort());
    return describe(this.all) === describe(this.#screen.getAllDisplays());
  }

  get present(): ReadonlyMap<string, DisplayView> {
    return this.#present;
  }

  /** From left to right. */
  get all(): readonly DisplayView[] {
    return [...this.#present.values()].sort((left, right) => left.bounds.x - right.bounds.x);
  }

  get primary(): DisplayView {
    const { id } = this.#screen.getPrimaryDisplay();
    return this.all.find((display) => display.id === id) ?? this.#screen.getPrimaryDisplay();
  }
}
