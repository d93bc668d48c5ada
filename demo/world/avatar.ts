import { encode } from 'fast-png';
import { seededRandom, seedOf } from '../../agent/hypervisor/simulated/random.ts';

const CELLS = 6;
const CELL_PIXELS = 8;
const SIZE = CELLS * CELL_PIXELS;

type Rgb = readonly [red: number, green: number, blue: number];

/** Calm colours that stand apart from each other on light and dark ground. */
const PALETTE: readonly Rgb[] = [
  [14, 116, 144],
  [21, 128, 61],
  [126, 87, 194],
  [180, 83, 9],
  [190, 60, 100],
  [71, 85, 105],
];

function colourOf(random: () => number): Rgb {
  return PALETTE[Math.floor(random() * PALETTE.length)] ?? [71, 85, 105];
}

/** The cells that are filled: each half mirrors the other, so that the eye takes it for a sign. */
function cellsOf(random: () => number): readonly (readonly boolean[])[] {
  return Array.from({ length: CELLS }, () => {
    const half = Array.from({ length: CELLS / 2 }, () => random() < 0.5);
    return [...half, ...[...half].reverse()];
  });
}

/** A small picture that is always the same for the same name: PNG of 48 × 48 pixels. */
export function avatarPng(name: string): Uint8Array {
  const random = seededRandom(seedOf(7, name));
  const colour = colourOf(random);
  const cells = cellsOf(random);
  const data = new Uint8Array(SIZE * SIZE * 4);
  for (let pixel = 0; pixel < SIZE * SIZE; pixel += 1) {
    const row = Math.floor(pixel / SIZE / CELL_PIXELS);
    const column = Math.floor((pixel % SIZE) / CELL_PIXELS);
    const isFilled = cells[row]?.[column] ?? false;
    data.set([...colour, isFilled ? 255 : 56], pixel * 4);
  }
  return encode({ width: SIZE, height: SIZE, data, channels: 4 });
}

/** The same as base64, as a vCard carries it. */
export function avatarBase64(name: string): string {
  return Buffer.from(avatarPng(name)).toString('base64');
}
