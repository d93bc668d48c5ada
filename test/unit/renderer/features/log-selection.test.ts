import { flushSync } from 'svelte';
import { describe, expect, it } from 'vitest';
import type { LogRow } from '../../../../core/logs/log-page.ts';
import { LogSelection } from '../../../../renderer/features/logs/log-selection.svelte.ts';
import { drawn } from '../../../fakes/drawn.svelte.ts';

function row(id: number): LogRow {
  return {
    ...{ id, host: 'hv1', timeMs: id, level: 'info', prefix: undefined },
    ...{ file: undefined, entity: undefined, text: `INFO::line ${id}`, messageAt: 6 },
    isGap: false,
  };
}

/** Lines as they are shown; those whose number is not among `loaded` are on their way. */
class FakeLines {
  shown: number[] = [10, 11, 12, 13, 14];
  loaded: number[] = [...this.shown];
  opening = 1;

  row(place: number): LogRow | undefined {
    const id = this.shown[place];
    return id !== undefined && this.loaded.includes(id) ? row(id) : undefined;
  }

  async lines(from: number, to: number): Promise<readonly LogRow[]> {
    return this.shown.slice(from, to).map((id) => row(id));
  }

  async placeOf(id: number): Promise<number> {
    return this.shown.indexOf(id);
  }
}

function opened() {
  const lines = new FakeLines();
  return { lines, selection: new LogSelection(lines) };
}

describe('what is chosen in a log', () => {
  it('stays the same line when others come before it', async () => {
    const { lines, selection } = opened();
    selection.choose(2, false);
    selection.mark(3);
    lines.shown = [7, 8, ...lines.shown];
    await selection.follow();
    expect([selection.chosen, selection.moment, selection.only?.id]).toEqual([[4, 4], 5, 12]);
  });

  it('is drawn as soon as it is chosen, though nothing was in this opening of the log', () => {
    const { selection } = opened();
    let shown: unknown;
    const end = drawn(() => (shown = [selection.chosen, selection.moment]));
    flushSync();
    selection.choose(2, false);
    selection.mark(3);
    flushSync();
    end();
    expect(shown).toEqual([[2, 2], 3]);
  });

  it('grows and shrinks at its end, from where it began', async () => {
    const { lines, selection } = opened();
    selection.choose(3, false);
    selection.choose(1, true);
    lines.shown = [9, ...lines.shown];
    await selection.follow();
    selection.choose(3, true);
    expect([selection.chosen, selection.only, selection.last?.id]).toEqual([[4, 3], undefined, 12]);
  });

  it('is a line that is still on its way, too', async () => {
    const { lines, selection } = opened();
    lines.loaded = [];
    selection.choose(1, false);
    expect([selection.chosen, selection.only]).toEqual([[1, 1], undefined]);
    await selection.follow();
    lines.shown = [9, ...lines.shown];
    await selection.follow();
    expect([selection.chosen, selection.only?.id]).toEqual([[2, 2], 11]);
  });

  it('is the line that was found, though others came before it since', async () => {
    const { lines, selection } = opened();
    lines.loaded = [];
    const [found] = await lines.lines(3, 4);
    lines.shown = [8, 9, ...lines.shown];
    selection.choose(3, false, found);
    selection.mark(3, found);
    expect(selection.only?.id).toBe(13);
    await selection.follow();
    expect([selection.chosen, selection.moment, selection.only?.id]).toEqual([[5, 5], 5, 13]);
  });

  it('tells of a line that is far away once it has come', async () => {
    const { lines, selection } = opened();
    lines.loaded = [];
    selection.choose(4, false);
    expect(selection.last).toBeUndefined();
    expect((await selection.arrived())?.id).toBe(14);
    selection.choose(1, false);
    selection.forget();
    expect(await selection.arrived()).toBeUndefined();
  });

  it('is the line that was chosen last, whatever is answered late', async () => {
    const { lines, selection } = opened();
    selection.choose(1, false);
    const following = selection.follow();
    selection.choose(3, false);
    await following;
    expect([selection.chosen, selection.only?.id]).toEqual([[3, 3], 13]);
    lines.loaded = [];
    selection.choose(0, false);
    selection.choose(4, false);
    await selection.follow();
    expect(selection.only?.id).toBe(14);
  });

  it('is nothing once its line is shown no more, or it is forgotten', async () => {
    const { lines, selection } = opened();
    selection.choose(2, false);
    lines.shown = [10, 11, 13];
    await selection.follow();
    expect([selection.chosen, selection.last]).toEqual([undefined, undefined]);
    selection.choose(0, true);
    expect(selection.chosen).toEqual([0, 0]);
    selection.forget();
    expect(selection.chosen).toBeUndefined();
  });

  it('is nothing in a log that was opened anew, where its number is that of another line', async () => {
    const { lines, selection } = opened();
    selection.choose(2, false);
    selection.mark(2);
    lines.opening = 2;
    lines.shown = [12, 13];
    await selection.follow();
    expect([selection.chosen, selection.only, selection.moment]).toEqual([
      undefined,
      undefined,
      -1,
    ]);
    selection.choose(1, true);
    expect(selection.chosen).toEqual([1, 1]);
  });
});
