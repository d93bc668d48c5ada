import { HeldKeys } from './held-keys.ts';
import { SCANCODE, type KeyEvent } from './key-event.ts';
import { PHYSICAL_KEYS } from './physical-keys.ts';

/** Whose keyboard events these are; each system has its own surprises. */
export type HostSystem = 'linux' | 'mac' | 'windows';

/** What we read of a `KeyboardEvent`. */
export interface PhysicalKey {
  readonly code: string;
  readonly key: string;
  /** Milliseconds, of the same clock for all events. */
  readonly timeStamp: number;
}

/** Windows makes up a left Ctrl with each AltGr, at the same moment. */
const MADE_UP_WITHIN_MS = 30;

/** Keys of Japanese and Korean boards for which Windows and macOS tell of no release. */
const NEVER_RELEASED: ReadonlySet<number> = new Set([
  0x70, 0x71, 0x72, 0x76, 0x77, 0x78, 0x79, 0x7b,
]);

/**
 * The keys that are pressed here, as keys of the guest: the same ones, whatever layout this system
 * has. What stays down when the focus goes away, the system sleeps or the connection is new, is to
 * be released with `releaseAll`.
 */
export class PhysicalKeyboard {
  readonly #held = new HeldKeys();
  readonly #system: HostSystem;
  #controlDownAt = -Infinity;

  constructor(system: HostSystem) {
    this.#system = system;
  }

  /** A key goes down, or repeats. Nothing for a key that no guest knows. */
  press({ code, key, timeStamp }: PhysicalKey): readonly KeyEvent[] {
    const scancode = PHYSICAL_KEYS.get(code);
    if (scancode === undefined) return [];
    if (this.#isTapOnly(scancode)) return this.#tap(scancode);
    const isFirst = !this.#held.isDown(scancode);
    if (scancode === SCANCODE.leftControl && isFirst) this.#controlDownAt = timeStamp;
    const isMadeUp =
      scancode === SCANCODE.altGr && isFirst && this.#isControlMadeUp(key, timeStamp);
    return [
      ...(isMadeUp ? this.#follow(SCANCODE.leftControl, false) : []),
      ...this.#follow(scancode, true),
    ];
  }

  /** A key comes up. Nothing for a key that is not down in the guest. */
  release({ code }: Pick<PhysicalKey, 'code'>): readonly KeyEvent[] {
    const scancode = PHYSICAL_KEYS.get(code);
    if (scancode === undefined) return [];
    if (this.#isTapOnly(scancode)) {
      return scancode === SCANCODE.capsLock ? this.#tap(scancode) : [];
    }
    const isMeta = scancode === SCANCODE.leftMeta || scancode === SCANCODE.rightMeta;
    // While Cmd is down, macOS tells of no other key that comes up.
    if (this.#system === 'mac' && isMeta) return this.releaseAll();
    return [scancode, ...this.#releasedUnseen(scancode)].flatMap((one) => this.#follow(one, false));
  }

  /** Releases all that is down in the guest. */
  releaseAll(): readonly KeyEvent[] {
    return this.#held.releaseAll();
  }

  /** macOS tells of CapsLock when its light changes: down when it goes on, up when it goes off. */
  #isTapOnly(scancode: number): boolean {
    if (this.#system === 'mac' && scancode === SCANCODE.capsLock) return true;
    return this.#system !== 'linux' && NEVER_RELEASED.has(scancode);
  }

  #isControlMadeUp(key: string, timeStamp: number): boolean {
    const isRecent = timeStamp - this.#controlDownAt <= MADE_UP_WITHIN_MS;
    return this.#system === 'windows' && key === 'AltGraph' && isRecent;
  }

  /** Of two Shift keys that are both down, Windows tells only that the last one comes up. */
  #releasedUnseen(scancode: number): readonly number[] {
    if (this.#system !== 'windows') return [];
    if (scancode === SCANCODE.leftShift) return [SCANCODE.rightShift];
    return scancode === SCANCODE.rightShift ? [SCANCODE.leftShift] : [];
  }

  #tap(scancode: number): readonly KeyEvent[] {
    return [
      { scancode, down: true },
      { scancode, down: false },
    ];
  }

  #follow(scancode: number, down: boolean): readonly KeyEvent[] {
    return [this.#held.follow({ scancode, down })].filter((event) => event !== undefined);
  }
}
