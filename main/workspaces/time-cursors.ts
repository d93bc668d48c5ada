/** The moment that the panels of each workspace share, in milliseconds since 1970. */
export class TimeCursors {
  readonly #moments = new Map<string, number>();

  of(workspace: string): number | null {
    return this.#moments.get(workspace) ?? null;
  }

  point(workspace: string, at: number | null): void {
    if (at === null) this.#moments.delete(workspace);
    else this.#moments.set(workspace, at);
  }
}
