/**
 * Where the pointer was pressed among rows that move: another row may have come under it before it is let
 * go, which nobody meant.
 */
export class RowPress {
  #pressed: string | undefined;
  #clicked: string | undefined;
  #isAgain = false;

  /** The pointer is pressed on this row, or beside all of them. */
  begin(key: string | undefined): void {
    this.#pressed = key;
  }

  /** Whether what follows from it, such as dragging, is still about the row that was pressed. */
  isOn(key: string): boolean {
    return this.#pressed === key;
  }

  /** Whether a click is meant for this row, as is one without a pointer, which is counted as none. */
  isClick(key: string, count: number): boolean {
    this.#isAgain = this.#clicked === key;
    this.#clicked = key;
    return count === 0 || this.isOn(key);
  }

  /** Whether the two clicks of a double click were on this row. */
  isDoubleClick(key: string): boolean {
    return this.#isAgain && this.isOn(key);
  }
}
