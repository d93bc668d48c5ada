import type { Area } from './client-messages.ts';
import { joinBytes, u16, u32 } from './integers.ts';

/** A rectangle of a framebuffer update with its body as the encoding wants it. */
export interface RectangleContent {
  readonly area: Area;
  readonly encoding: number;
  readonly body: Uint8Array;
}

/** A framebuffer update: RFC 6143, section 7.6.1. */
export function writeUpdate(rectangles: readonly RectangleContent[]): Uint8Array {
  const parts = rectangles.flatMap(({ area, encoding, body }) => [
    [...u16(area.x), ...u16(area.y), ...u16(area.width), ...u16(area.height), ...u32(encoding)],
    body,
  ]);
  return joinBytes([[0, 0, ...u16(rectangles.length)], ...parts]);
}

/** A pseudo-rectangle that says something and draws nothing. */
export function writeSign(encoding: number, width = 0, height = 0): Uint8Array {
  const area = { x: 0, y: 0, width, height };
  return writeUpdate([{ area, encoding, body: new Uint8Array(0) }]);
}

/** A clipboard of the server, RFC 6143, section 7.6.4; an extended one begins with its flags. */
export function writeServerClipboard(body: Uint8Array, isExtended: boolean): Uint8Array {
  return joinBytes([[3, 0, 0, 0], u32(isExtended ? -body.length : body.length), body]);
}
