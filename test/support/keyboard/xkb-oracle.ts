import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { KeyEvent } from '../../../core/keyboard/key-event.ts';
import type { LayoutTable } from '../../../core/keyboard/layout-tables.ts';

/** What the keyboard of a guest is before anything is typed. */
export interface GuestKeyboard {
  /** As xkb calls it; two layouts are two groups. */
  readonly layout: string;
  readonly variant?: string;
  /** xkb options, like grp:alt_shift_toggle. */
  readonly options?: string;
  /** What was pressed before, to switch CapsLock or the group. */
  readonly before?: readonly KeyEvent[];
}

/** What libxkbcommon made of one list of events. */
export interface Typed {
  readonly text: string;
  readonly held: readonly number[];
  readonly isCapsLockOn: boolean;
}

/** libxkbcommon itself, asked through a process of Python: the judge of what key events mean. */
export class XkbOracle {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #waiting: ((line: string) => void)[] = [];
  readonly #failed: Promise<never>;

  constructor() {
    this.#process = spawn('python3', [join(import.meta.dirname, 'xkb-oracle.py')]);
    createInterface({ input: this.#process.stdout }).on('line', (line) => {
      this.#waiting.shift()?.(line);
    });
    const complaints: string[] = [];
    this.#process.stderr.on('data', (data: Buffer) => complaints.push(String(data)));
    this.#failed = new Promise((_resolve, reject) => {
      this.#process.once('error', reject);
      this.#process.once('close', () => reject(new Error(complaints.join('') || 'ended')));
    });
    // Whoever asks hears of it; nobody has to.
    this.#failed.catch(() => undefined);
  }

  close(): void {
    this.#process.stdin.end();
  }

  /** What each list of events types on a fresh keyboard. */
  async type(
    guest: GuestKeyboard,
    lists: readonly (readonly KeyEvent[])[],
  ): Promise<readonly Typed[]> {
    const pairs = (events: readonly KeyEvent[]): unknown[] =>
      events.map(({ scancode, down }) => [scancode, down]);
    const { before = [], ...names } = guest;
    const request = { do: 'type', ...names, before: pairs(before), events: lists.map(pairs) };
    const answer = (await this.#ask(request)) as {
      readonly texts: readonly string[];
      readonly held: readonly (readonly number[])[];
      readonly capsLock: readonly boolean[];
    };
    return answer.texts.map((text, index) => ({
      text,
      held: answer.held[index] ?? [],
      isCapsLockOn: answer.capsLock[index] ?? false,
    }));
  }

  /** Every printable character that a layout can give, dead keys included. */
  async charactersOf({ layout, variant = '' }: LayoutTable['xkb']): Promise<readonly string[]> {
    const answer = (await this.#ask({ do: 'list', layout, variant })) as { characters: string };
    return Array.from(answer.characters);
  }

  async #ask(request: unknown): Promise<unknown> {
    const answer = new Promise<string>((resolve) => this.#waiting.push(resolve));
    this.#process.stdin.write(`${JSON.stringify(request)}\n`);
    return JSON.parse(await Promise.race([answer, this.#failed]));
  }
}
