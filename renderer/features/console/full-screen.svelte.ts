import type { AppError } from '../../../core/contract/app-error.ts';
import type { AppApi } from '../../../core/contract/contract.ts';

/** What browsers have of the Keyboard Lock API; TypeScript knows none of it. */
interface KeyboardLock {
  lock(codes: readonly string[]): Promise<void>;
  unlock(): void;
}

/**
 * A panel over the whole screen. The page itself is what fills it, so that menus, dialogs and notices
 * are drawn there as anywhere else.
 */
export class FullScreen {
  readonly #api: Pick<AppApi['workspaces'], 'fillDisplay' | 'leaveDisplay'>;
  #isOn = $state(false);

  constructor(api: Pick<AppApi['workspaces'], 'fillDisplay' | 'leaveDisplay'>) {
    this.#api = api;
  }

  get isOn(): boolean {
    return this.#isOn;
  }

  async toggle(): Promise<undefined> {
    if (document.fullscreenElement) await document.exitFullscreen();
    else await this.#enter();
  }

  /** Fills one display; its window goes there, and back once the full screen is left. */
  async fill(display: number): Promise<AppError | undefined> {
    if (document.fullscreenElement) await document.exitFullscreen();
    const moved = await this.#api.fillDisplay({ display });
    if (!moved.ok) return moved.error;
    await this.#enter();
    return undefined;
  }

  /** Hears when the user leaves it; leaves it itself once the returned function is called. */
  watch(): () => void {
    const heard = (): void => {
      if (document.fullscreenElement) return;
      this.#isOn = false;
      keyboardLock()?.unlock();
    };
    document.addEventListener('fullscreenchange', heard);
    return () => {
      document.removeEventListener('fullscreenchange', heard);
      if (this.#isOn && document.fullscreenElement) void document.exitFullscreen();
    };
  }

  async #enter(): Promise<void> {
    try {
      await document.documentElement.requestFullscreen();
    } catch {
      // Nobody pressed anything lately; the window may have moved for it.
      void this.#api.leaveDisplay();
      return;
    }
    this.#isOn = true;
    // Escape would leave it, and belongs to the guest. Where that is refused, it leaves it.
    await keyboardLock()
      ?.lock(['Escape'])
      .catch(() => undefined);
  }
}

function keyboardLock(): KeyboardLock | undefined {
  return 'keyboard' in navigator ? (navigator.keyboard as KeyboardLock) : undefined;
}
