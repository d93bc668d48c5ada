/**
 * One key of a PC keyboard going down or up.
 *
 * `scancode` is that of XT keyboards (set 1) as RFB's extended key event and QEMU number it: one byte,
 * the code after the prefix E0 with bit 7 set (the right Alt key, E0 38, is 0xb8).
 * See https://github.com/rfbproto/rfbproto/blob/master/rfbproto.rst#qemu-extended-key-event-message
 */
export interface KeyEvent {
  readonly scancode: number;
  readonly down: boolean;
}

/** One key as RFB's own key event has it: by what it means in X11 (RFC 6143, 7.5.4). */
export interface KeysymEvent {
  readonly keysym: number;
  readonly down: boolean;
}

/** The scancodes that we ourselves press by name. */
export const SCANCODE = {
  tab: 0x0f,
  enter: 0x1c,
  leftControl: 0x1d,
  leftShift: 0x2a,
  rightShift: 0x36,
  leftAlt: 0x38,
  space: 0x39,
  capsLock: 0x3a,
  rightControl: 0x9d,
  altGr: 0xb8,
  leftMeta: 0xdb,
  rightMeta: 0xdc,
} as const;

/** Which of Shift (1) and AltGr (2) are held. */
export type Modifiers = 0 | 1 | 2 | 3;

export const SHIFT = 1;
export const ALT_GR = 2;
