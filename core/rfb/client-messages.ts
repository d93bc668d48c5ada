import { joinBytes, latin1Bytes, u16, u32 } from './integers.ts';
import { type PixelFormat, writePixelFormat } from './pixel-format.ts';

/** A part of a screen, in pixels from its upper left corner. */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A key as pressed or released. */
export interface KeyEvent {
  readonly isDown: boolean;
  /** X11 keysym; 0 where only the scancode is known. */
  readonly keysym: number;
  /**
   * XT scancode of set 1: 0xe0-prefixed ones have bit 7 set. QEMU uses it in place of the keysym,
   * unless the console was given a keymap. Absent for servers without QEMU's extended key event.
   */
  readonly scancode?: number;
}

/** What a viewer says: RFC 6143, section 7.5, and the extensions that we let through. */
export type ClientMessage =
  | { readonly kind: 'pixel-format'; readonly format: PixelFormat }
  | { readonly kind: 'encodings'; readonly encodings: readonly number[] }
  | {
      readonly kind: 'update-request';
      /** Only what changed; otherwise the whole area. */
      readonly isIncremental: boolean;
      readonly area: Area;
    }
  | { readonly kind: 'key'; readonly key: KeyEvent }
  /** Bit 0 of `buttons` is the left one, bits 3 and 4 are the wheel. */
  | { readonly kind: 'pointer'; readonly buttons: number; readonly x: number; readonly y: number }
  /** Latin-1. */
  | { readonly kind: 'clipboard'; readonly text: string }
  /** Of the extended clipboard: flags, and what follows them as it is. */
  | {
      readonly kind: 'extended-clipboard';
      readonly flags: number;
      readonly payload: Uint8Array;
    }
  /** Of extended desktop size: the screens as they are, 16 bytes each. */
  | {
      readonly kind: 'desktop-size';
      readonly width: number;
      readonly height: number;
      readonly screens: Uint8Array;
    }
  /** A message of an extension that we do not let through, or a clipboard beyond the limit. */
  | { readonly kind: 'ignored'; readonly what: string };

type Sent = Exclude<ClientMessage, { readonly kind: 'ignored' }>;
type Writers = {
  readonly [Kind in Sent['kind']]: (
    message: Extract<Sent, { readonly kind: Kind }>,
  ) => readonly (Uint8Array | readonly number[])[];
};

const WRITERS: Writers = {
  'pixel-format': ({ format }) => [[0, 0, 0, 0], writePixelFormat(format)],
  encodings: ({ encodings }) => [[2, 0], u16(encodings.length), ...encodings.map(u32)],
  'update-request': ({ isIncremental, area }) => [[3, Number(isIncremental)], ...areaParts(area)],
  key: ({ key }) => keyParts(key),
  pointer: ({ buttons, x, y }) => [[5, buttons & 0xff], u16(x), u16(y)],
  clipboard: ({ text }) => [[6, 0, 0, 0], u32(text.length), latin1Bytes(text)],
  'extended-clipboard': ({ flags, payload }) => [
    [6, 0, 0, 0],
    // A negative length marks the extension.
    [...u32(-(payload.length + 4)), ...u32(flags)],
    payload,
  ],
  'desktop-size': ({ width, height, screens }) => [
    [251, 0, ...u16(width), ...u16(height), screens.length / 16, 0],
    screens,
  ],
};

/** The bytes of a viewer's message. */
export function writeClientMessage(message: Sent): Uint8Array {
  // The table is typed by kind; the compiler cannot follow that through the index.
  const write = WRITERS[message.kind] as (message: Sent) => readonly (Uint8Array | number[])[];
  return joinBytes(write(message));
}

function areaParts({ x, y, width, height }: Area): readonly (readonly number[])[] {
  return [u16(x), u16(y), u16(width), u16(height)];
}

function keyParts({ isDown, keysym, scancode }: KeyEvent): readonly (readonly number[])[] {
  if (scancode === undefined) return [[4, Number(isDown), 0, 0], u32(keysym)];
  return [[255, 0], u16(Number(isDown)), u32(keysym), u32(scancode)];
}
