import type { ScreenQuality } from '../../../core/domain/console-settings.ts';
import type { Scale, Screen } from './screen.ts';
import { QUALITY_LEVELS, suitableQuality, type DrawnQuality } from './screen-quality.ts';

const MOST_ZOOM = 4;
const LEAST_ZOOM = 0.25;

/** How a screen is shown, over all connections to it: what is wished, and what came of it. */
export class ScreenLook {
  #screen: Screen | undefined;
  #scale = $state.raw<Scale>('fit');
  #resizes = false;
  #quality: ScreenQuality = 'auto';
  #drawn = $state<DrawnQuality>('balanced');
  #viewOnly = $state(false);
  #canResize = $state(false);
  #isResizeRefused = $state(false);

  get viewOnly(): boolean {
    return this.#viewOnly;
  }

  /** Whether the server lets its screen be resized. */
  get canResize(): boolean {
    return this.#canResize;
  }

  /** The server did not make its screen as large as was wished last. */
  get isResizeRefused(): boolean {
    return this.#isResizeRefused;
  }

  /** How sharp it is drawn now. */
  get drawnQuality(): DrawnQuality {
    return this.#drawn;
  }

  /** How it is wished to be shown. */
  get scale(): Scale {
    return this.#scale;
  }

  /** Another connection begins with this screen, or has ended and left none. */
  use(screen: Screen | undefined): void {
    this.#screen = screen;
    this.#canResize = false;
    this.#isResizeRefused = false;
    if (!screen) return;
    screen.viewOnly = this.#viewOnly;
    screen.resizeSession = this.#resizes;
    screen.setQuality(QUALITY_LEVELS[this.#drawn]);
    screen.setScale(this.#scale);
    screen.addEventListener('connect', () => screen.setScale(this.#scale));
    screen.addEventListener('desktopsize', (event) => {
      this.#canResize = screen.canResize;
      this.#isResizeRefused = (event as CustomEvent<boolean>).detail;
    });
  }

  setScale(scale: Scale): void {
    this.#scale = scale;
    this.#screen?.setScale(scale);
  }

  zoomBy(factor: number): void {
    // From what is seen: larger than fitted in is larger than that.
    const before = this.#scale === 'fit' ? (this.#screen?.shownScale ?? 1) : this.#scale;
    this.setScale(Math.min(MOST_ZOOM, Math.max(LEAST_ZOOM, before * factor)));
  }

  setViewOnly(viewOnly: boolean): void {
    this.#viewOnly = viewOnly;
    if (this.#screen) this.#screen.viewOnly = viewOnly;
  }

  /** Keeps the guest's screen as large as the panel, where the server lets it. */
  setResizing(resizes: boolean): void {
    this.#resizes = resizes;
    this.#isResizeRefused = false;
    if (this.#screen) this.#screen.resizeSession = resizes;
  }

  setQuality(quality: ScreenQuality): void {
    if (quality === this.#quality) return;
    this.#quality = quality;
    this.settleQuality(undefined);
  }

  /** Draws as is wished, by itself after how long the line takes, in milliseconds. */
  settleQuality(quickestMs: number | undefined): void {
    this.#drawn = suitableQuality(this.#quality, this.#drawn, quickestMs);
    this.#screen?.setQuality(QUALITY_LEVELS[this.#drawn]);
  }
}
