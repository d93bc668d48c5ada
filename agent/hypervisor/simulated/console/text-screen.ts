/** How many characters a text screen has, across and down. */
export const SCREEN_SIZE = { columns: 80, rows: 25 } as const;

export interface Cursor {
  readonly column: number;
  readonly row: number;
}

/** What a text screen shows at one moment. */
export interface ScreenContent {
  /** Without the blanks at their ends; lines and columns beyond the size are not shown. */
  readonly lines: readonly string[];
  readonly cursor: Cursor;
}

/** A text screen that scrolls, as the console of a PC. */
export class TextScreen {
  #lines: string[] = [''];
  #column = 0;

  get content(): ScreenContent {
    return {
      lines: [...this.#lines],
      cursor: { column: this.#column, row: this.#lines.length - 1 },
    };
  }

  /** Writes text at the cursor; knows line feed, carriage return, backspace and form feed (clear). */
  write(text: string): void {
    for (const character of text) this.#put(character);
  }

  clear(): void {
    this.#lines = [''];
    this.#column = 0;
  }

  #put(character: string): void {
    switch (character) {
      case '\f':
        this.clear();
        return;
      case '\n':
        this.#lines.push('');
        this.#lines.splice(0, this.#lines.length - SCREEN_SIZE.rows);
        this.#column = 0;
        return;
      case '\r':
        this.#column = 0;
        return;
      case '\b':
        this.#column = Math.max(0, this.#column - 1);
        return;
      default:
        if (character >= ' ') this.#print(character);
    }
  }

  #print(character: string): void {
    if (this.#column >= SCREEN_SIZE.columns) this.#put('\n');
    const line = this.#lines.at(-1) ?? '';
    const before = line.slice(0, this.#column).padEnd(this.#column);
    const changed = before + character + line.slice(this.#column + 1);
    this.#lines[this.#lines.length - 1] = changed;
    this.#column += 1;
  }
}
