import type { Bench, Run } from './measuring/bench.ts';
import type { DesktopApp } from './measuring/desktop-app.ts';
import { onPlatform } from './measuring/on-platform.ts';
import type { Platform } from './measuring/platform.ts';
import { percentile } from './measuring/summary.ts';
import { YARDSTICK } from './measuring/yardstick.ts';

const LIMIT_MS = 50;
/** Typed letter by letter and taken back: few and many rows, none, tags, states. */
const WORDS = ['web-01', 'reef', 'a', 'nothing-like-it', '#production', 'paused db'];

declare global {
  interface Window {
    /** Milliseconds from each key press to its frame. */
    keyTimes?: number[];
  }
}

/** From now on the page notes how long each key press takes until what it changed is painted. */
async function watchKeys({ page }: DesktopApp): Promise<void> {
  await page.evaluate(() => {
    const times: number[] = (window.keyTimes = []);
    const note = ({ timeStamp }: KeyboardEvent): void => {
      requestAnimationFrame(() => {
        // A frame is painted after its callbacks, before the next message.
        const painted = new MessageChannel();
        painted.port1.onmessage = () => times.push(performance.now() - timeStamp);
        painted.port2.postMessage(undefined);
      });
    };
    window.addEventListener('keydown', note, { capture: true });
  });
}

async function type(app: DesktopApp, platform: Platform): Promise<Run> {
  await app.logIn(platform);
  const filter = app.page.getByRole('searchbox').first();
  await filter.click();
  await watchKeys(app);
  for (const word of WORDS) {
    for (const key of word) await filter.press(key === ' ' ? 'Space' : key);
    for (let left = word.length; left > 0; left -= 1) await filter.press('Backspace');
  }
  const times = await app.page.evaluate(() => window.keyTimes ?? []);
  const peer = { name: `the limit of ${LIMIT_MS} ms`, value: LIMIT_MS };
  return [
    { name: 'search.5000', value: percentile(times, 99), unit: 'ms', peer },
    { name: 'search.5000-median', value: percentile(times, 50), unit: 'ms', peer },
  ];
}

/** From a key press in the roster's filter to the painted result: the slowest of a hundred. */
export const search: Bench = {
  name: 'search.5000',
  runs: 3,
  run: () => onPlatform(YARDSTICK, type),
};
