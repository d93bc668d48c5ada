import type { Area } from '../../core/rfb/client-messages.ts';
import { malformed } from '../../core/rfb/rfb-failure.ts';

/** A picture of a screen: four bytes a pixel, red, green, blue and 255, row by row. */
export interface ScreenPicture {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8Array;
}

const PIXEL = 4;
/** Rows that are drawn in one turn: those of a tile of ZRLE. */
const BAND = 64;
const BLACK = Buffer.of(0, 0, 0, 255);

/** The parts of an area that are drawn in one turn each, from the top. */
export function* bands(area: Area): Generator<Area> {
  for (let row = 0; row < area.height; row += BAND) {
    yield { ...area, y: area.y + row, height: Math.min(BAND, area.height - row) };
  }
}

/** The screen of a server, as far as it has been told. */
export class Framebuffer implements ScreenPicture {
  readonly width: number;
  readonly height: number;
  readonly rgba: Buffer;
  #drawn = 0;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.rgba = Buffer.alloc(width * height * PIXEL, BLACK);
  }

  /** Whether as many pixels were drawn since `expect` as it has. */
  get isDrawn(): boolean {
    return this.#drawn >= this.width * this.height;
  }

  /** Forgets what was drawn. */
  expect(): void {
    this.#drawn = 0;
  }

  /** Puts pixels of red, green, blue and one more byte into an area. Throws `RfbFailureError`. */
  draw(area: Area, pixels: Uint8Array): void {
    this.check(area);
    for (let row = 0; row < area.height; row += 1) {
      const from = row * area.width * PIXEL;
      const to = ((area.y + row) * this.width + area.x) * PIXEL;
      this.rgba.set(pixels.subarray(from, from + area.width * PIXEL), to);
      for (let alpha = 3; alpha < area.width * PIXEL; alpha += PIXEL) this.rgba[to + alpha] = 255;
    }
    this.#drawn += area.width * area.height;
  }

  /** Copies an area of the same size from elsewhere on the screen. Throws `RfbFailureError`. */
  copy(area: Area, fromX: number, fromY: number): void {
    this.check({ ...area, x: fromX, y: fromY });
    this.check(area);
    const isDown = area.y > fromY;
    for (let count = 0; count < area.height; count += 1) {
      // No row is written over before it is copied.
      const row = isDown ? area.height - 1 - count : count;
      const from = ((fromY + row) * this.width + fromX) * PIXEL;
      const to = ((area.y + row) * this.width + area.x) * PIXEL;
      this.rgba.copy(this.rgba, to, from, from + area.width * PIXEL);
    }
    this.#drawn += area.width * area.height;
  }

  /** That an area is within the screen. Throws `RfbFailureError`. */
  check({ x, y, width, height }: Area): void {
    if (x + width > this.width || y + height > this.height) {
      throw malformed(`a rectangle at ${x},${y} of ${width}×${height} outside the screen`);
    }
  }
}
