import type { TypingPlan } from '../../core/keyboard/compile-text.ts';
import type { LayoutId } from '../../core/keyboard/layout.ts';
import { messagesFor } from '../../core/messages/catalogue.ts';
import type { Typed, TypingEnd } from '../../node/rfb/console-typist.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { complain } from '../with-fleet.ts';
import { groupLine } from './print-plan.ts';

const { keyboard, typing } = messagesFor('en');
const TELL_EVERY_MS = 100;

/** What the command line says while it types and after it. */
export class TypingReport {
  readonly #text: string;
  readonly #layout: LayoutId;
  readonly #isJson: boolean;
  #toldAt = 0;
  #told = '';

  constructor(text: string, layout: LayoutId, isJson: boolean) {
    this.#text = text;
    this.#layout = layout;
    this.#isJson = isJson;
  }

  /** Refuses an empty text, and one of which a character cannot be typed, before anything is sent. */
  refused(plan: TypingPlan): ExitCode | undefined {
    if (this.#text === '') return complain(typing.nothing, EXIT.usage);
    const { untypable } = plan;
    if (untypable.length === 0) {
      const group = groupLine(this.#layout, plan);
      if (group !== undefined) console.error(group);
      return undefined;
    }
    for (const one of untypable) console.error(keyboard.untypable(one));
    console.error(typing.refused(untypable.length, keyboard.layouts[this.#layout]));
    this.#print({ how: 'refused', certain: 0, sent: 0 }, { untypable });
    return EXIT.failed;
  }

  /** Tells on the error output how far it is: at a terminal often, else each tenth. */
  progressed({ sent }: Typed): void {
    const now = Date.now();
    const [typed, all] = [this.#count(sent), this.#count(this.#text.length)];
    const { isTTY } = process.stderr;
    const step = isTTY ? now - this.#toldAt >= TELL_EVERY_MS : (typed * 10) % all < 10;
    const line = typing.progress(typed, all);
    if (!step || line === this.#told) return;
    this.#toldAt = now;
    this.#told = line;
    process.stderr.write(isTTY ? `\r${line}` : `${line}\n`);
  }

  /** The last word; `lost` says what broke. */
  ended(end: TypingEnd, machine: string, lost: string): ExitCode {
    if (process.stderr.isTTY && this.#told !== '') process.stderr.write('\n');
    const [certain, sent] = [this.#count(end.certain), this.#count(end.sent)];
    const all = this.#count(this.#text.length);
    this.#print({ how: end.how, certain, sent }, {});
    switch (end.how) {
      case 'done':
        if (!this.#isJson) console.log(typing.done(all, machine));
        return EXIT.done;
      case 'stopped':
        console.error(typing.stopped(certain, all));
        return EXIT.failed;
      case 'lost':
        console.error(`${lost} ${typing.lost({ certain, sent, all })}`);
        return EXIT.unknown;
    }
  }

  #print(typed: Typed & { readonly how: string }, more: object): void {
    if (!this.#isJson) return;
    const all = this.#count(this.#text.length);
    console.log(JSON.stringify({ layout: this.#layout, ...typed, all, ...more }));
  }

  /** Characters in so many UTF-16 units from the beginning. */
  #count(units: number): number {
    return Array.from(this.#text.slice(0, units)).length;
  }
}
