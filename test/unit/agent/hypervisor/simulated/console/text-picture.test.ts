import { decode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { textPicture } from '../../../../../../agent/hypervisor/simulated/console/text-picture.ts';

const AWAY = { column: 99, row: 99 };

/** One cell of the picture as text, each second row, because points are two high. */
function cell(lines: readonly string[], column: number, row: number): readonly string[] {
  const { width, data } = decode(textPicture({ lines, cursor: AWAY }));
  return Array.from({ length: 8 }, (_, line) => {
    const start = (row * 16 + line * 2) * width + column * 8;
    return [...data.slice(start, start + 8)].map((point) => (point > 0 ? '#' : '.')).join('');
  });
}

describe('textPicture', () => {
  it('draws each character in its cell', () => {
    expect(cell(['', ' T'], 1, 1)).toEqual([
      '.#####..',
      '...#....',
      '...#....',
      '...#....',
      '...#....',
      '...#....',
      '...#....',
      '........',
    ]);
  });

  it('draws a letter with its mark', () => {
    expect(cell(['é'], 0, 0)).toEqual([
      ...['....#...', '...#....', '..###...', '.#...#..'],
      ...['.#####..', '.#......', '..###...', '........'],
    ]);
  });

  it('draws a character it has no shape for as a box', () => {
    expect(cell(['☃'], 0, 0)).toEqual([
      '.#####..',
      ...Array.from({ length: 5 }, () => '.#...#..'),
      '.#####..',
      '........',
    ]);
  });

  it('cuts what does not fit', () => {
    const { width, height } = decode(
      textPicture({ lines: Array.from({ length: 99 }, () => 'x'.repeat(999)), cursor: AWAY }),
    );
    expect([width, height]).toEqual([640, 400]);
  });

  it('has a shape of its own for every printable character', () => {
    const all = Array.from({ length: 95 }, (_, at) => String.fromCharCode(32 + at));
    const shapes = new Set(all.map((one) => cell([one], 0, 0).join()));
    expect(shapes.size).toEqual(all.length);
  });
});
