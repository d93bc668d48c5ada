import type { AppError } from '../../core/contract/app-error.ts';
import { err, ok, type Result } from '../../core/lib/result.ts';
import type { DisplayList } from './display-list.ts';
import type { Box } from './display-match.ts';
import type { OpenWindow } from './open-window.ts';
import { displayOf, type WindowPlace } from './window-place.ts';

interface Before {
  readonly box: Box;
  readonly mode: WindowPlace['mode'];
}

/**
 * Windows that fill another display than their own for a while. What they show asks for the full
 * screen itself once they stand there, and when it leaves that, they go back to where they were.
 */
export class FullScreens {
  readonly #displays: Pick<DisplayList, 'all'>;
  readonly #before = new Map<OpenWindow, Before>();

  constructor(displays: Pick<DisplayList, 'all'>) {
    this.#displays = displays;
  }

  /** Puts a window onto a display; there is nothing to do where it stands on it. */
  fill(open: OpenWindow, id: number): Result<undefined, AppError> {
    const { all } = this.#displays;
    const display = all.find((one) => one.id === id);
    if (!display) return err({ code: 'not-found', what: 'display' });
    const { window } = open;
    if (displayOf(window.getBounds(), all)?.id === id) return ok(undefined);
    if (!this.#before.has(open)) {
      this.#before.set(open, { box: window.getNormalBounds(), mode: open.mode });
      window.once('leave-html-full-screen', () => this.leave(open));
      window.once('closed', () => this.#before.delete(open));
    }
    // Where it stands for a while is not where it belongs.
    open.settle();
    open.put(display.bounds, 'normal');
    return ok(undefined);
  }

  /** Puts a window back to where it was. */
  leave(open: OpenWindow): void {
    const before = this.#before.get(open);
    if (!before) return;
    this.#before.delete(open);
    // Where it rests then is kept, in place of what came of the full screen.
    open.put(before.box, before.mode);
  }
}
