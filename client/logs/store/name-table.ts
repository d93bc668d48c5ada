/** Gives the few names that come again and again in lines numbers of their own, and counts their lines. */
export class NameTable {
  readonly #most: number;
  readonly #numbers = new Map<string, number>();
  readonly #names: (string | undefined)[] = [undefined];
  readonly #counts: number[] = [0];

  /** Names beyond so many have no number of their own: they count as none. */
  constructor(most: number) {
    this.#most = most;
  }

  /** The number of a name for one more line; 0 stands for none. */
  count(name: string | undefined): number {
    const number = name === undefined ? 0 : (this.#numbers.get(name) ?? this.#add(name));
    this.#counts[number] = (this.#counts[number] ?? 0) + 1;
    return number;
  }

  /** A line with this number is gone. */
  uncount(number: number): void {
    this.#counts[number] = Math.max(0, (this.#counts[number] ?? 0) - 1);
  }

  name(number: number): string | undefined {
    return this.#names[number];
  }

  /** Undefined where no line has had it. */
  numberOf(name: string): number | undefined {
    return this.#numbers.get(name);
  }

  /** The names that most lines have, at most so many. */
  top(most: number): readonly (readonly [name: string, lines: number])[] {
    return this.#names
      .map((name, number) => [name ?? '', this.#counts[number] ?? 0] as const)
      .filter(([name, lines]) => name !== '' && lines > 0)
      .sort(([, one], [, other]) => other - one)
      .slice(0, most);
  }

  #add(name: string): number {
    if (this.#names.length > this.#most) return 0;
    const number = this.#names.length;
    this.#numbers.set(name, number);
    this.#names.push(name);
    this.#counts.push(0);
    return number;
  }
}
