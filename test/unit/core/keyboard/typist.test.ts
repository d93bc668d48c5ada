import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileText, eventsOf } from '../../../../core/keyboard/compile-text.ts';
import type { KeyEvent } from '../../../../core/keyboard/key-event.ts';
import { Typist } from '../../../../core/keyboard/typist.ts';

/** A typist whose time passes step by step. */
class Desk {
  readonly sent: KeyEvent[] = [];
  readonly progress: number[] = [];
  readonly waits: number[] = [];
  readonly typist: Typist;
  #due: (() => void) | undefined;

  constructor(
    text: string,
    layout: 'us' | 'fr' = 'us',
    heard: (typed: number) => void = () => undefined,
  ) {
    this.typist = new Typist(
      compileText(text, { layout }),
      {
        send: (events) => this.sent.push(...events),
        progressed: (typed) => {
          this.progress.push(typed);
          heard(typed);
        },
        after: (milliseconds, work) => {
          this.waits.push(milliseconds);
          this.#due = work;
          return () => (this.#due = undefined);
        },
      },
      10,
    );
  }

  /** Lets the next thing happen; whether there was one. */
  tick(): boolean {
    const due = this.#due;
    this.#due = undefined;
    due?.();
    return due !== undefined;
  }

  get down(): readonly number[] {
    const down = new Set<number>();
    for (const event of this.sent) {
      if (event.down) down.add(event.scancode);
      else down.delete(event.scancode);
    }
    return [...down];
  }
}

describe('Typist', () => {
  it('types letter by letter, waits as long as the keys take, and tells how far it is', async () => {
    const desk = new Desk('aB');
    const ended = desk.typist.type();
    expect([desk.sent.length, desk.progress]).toEqual([2, [1]]);
    while (desk.tick());
    expect(await ended).toBe('done');
    expect(desk.sent).toEqual(eventsOf(compileText('aB', { layout: 'us' })));
    // Shift goes up in a step of its own.
    expect([desk.progress, desk.waits]).toEqual([
      [1, 2, 2],
      [20, 30, 10],
    ]);
  });

  it('can be stopped by who is told how far it is', async () => {
    const desk: Desk = new Desk('ABC', 'us', (typed) => {
      if (typed === 2) desk.typist.stop();
    });
    const ended = desk.typist.type();
    while (desk.tick());
    expect(await ended).toBe('stopped');
    expect([desk.progress, desk.down]).toEqual([[1, 2], []]);
  });

  it('is done at once with nothing to type', async () => {
    expect(await new Desk('').typist.type()).toBe('done');
  });

  it('releases what is down and sends nothing more when it is stopped, wherever it is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1 }), fc.nat(40), async (text, steps) => {
        const desk = new Desk(`A${text}`, 'fr');
        const ended = desk.typist.type();
        for (let step = 0; step < steps; step += 1) desk.tick();
        const isOver = steps >= compileText(`A${text}`, { layout: 'fr' }).steps.length;
        desk.typist.stop();
        const sent = desk.sent.length;
        expect(desk.down).toEqual([]);
        expect(desk.tick()).toBe(false);
        desk.typist.stop();
        expect(desk.sent.length).toBe(sent);
        expect(await ended).toBe(isOver ? 'done' : 'stopped');
      }),
    );
  });
});
