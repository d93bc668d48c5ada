import type { Page } from '@playwright/test';

declare global {
  interface Window {
    /** Milliseconds from each key press to the picture that it changed. */
    keyEchoes?: number[];
  }
}

const LEAST_WIDTH = 300;
const BETWEEN_MS = 80;
const LIMIT_MS = 5_000;

/**
 * From now on the page notes how long it takes from a key press until a canvas in it is drawn on, and
 * that is painted. Small canvases are no screens.
 */
async function watchEchoes(page: Page): Promise<void> {
  await page.evaluate((leastWidth) => {
    const echoes: number[] = (window.keyEchoes = []);
    let pressedAt: number | undefined;
    const note = ({ timeStamp }: KeyboardEvent): void => {
      pressedAt = timeStamp;
    };
    window.addEventListener('keydown', note, { capture: true });
    const prototype = CanvasRenderingContext2D.prototype;
    const draw = Object.getOwnPropertyDescriptor(prototype, 'drawImage')?.value as (
      ...args: unknown[]
    ) => void;
    const drawn = function (this: CanvasRenderingContext2D, ...args: unknown[]): void {
      draw.apply(this, args);
      const { canvas } = this;
      if (pressedAt === undefined || !canvas.isConnected || canvas.width < leastWidth) return;
      const began = pressedAt;
      pressedAt = undefined;
      requestAnimationFrame(() => {
        // A frame is painted after its callbacks, before the next message.
        const painted = new MessageChannel();
        painted.port1.onmessage = () => echoes.push(performance.now() - began);
        painted.port2.postMessage(undefined);
      });
    };
    Object.assign(prototype, { drawImage: drawn });
  }, LEAST_WIDTH);
}

/** Presses a key so many times, each after the echo of the one before, and gives all times. */
export async function echoesOf(page: Page, presses: number): Promise<readonly number[]> {
  await watchEchoes(page);
  for (let count = 1; count <= presses; count += 1) {
    await page.keyboard.press('KeyM');
    await page.waitForFunction((wanted) => (window.keyEchoes?.length ?? 0) >= wanted, count, {
      timeout: LIMIT_MS,
    });
    // The key's release and the cursor's own update are over then.
    await page.waitForTimeout(BETWEEN_MS);
  }
  return page.evaluate(() => window.keyEchoes ?? []);
}
