import { expect, test, type Page } from '@playwright/test';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { requirePrograms } from '../support/required-programs.ts';
import { BOTH, TWO_DISPLAYS_PROGRAMS, TwoDisplays, type Output } from '../support/two-displays.ts';
import { Shell } from './pages/shell.ts';
import { launch, newProfile, type LaunchedApp } from './support/launch.ts';

const CLOSE_PX = 2;
const canRun = requirePrograms('workspaces on two displays', TWO_DISPLAYS_PROGRAMS);
const { profile, remove } = newProfile();
let displays: TwoDisplays;
let launched: LaunchedApp;

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

test.describe.configure({ mode: 'serial' });
test.skip(!canRun);

test.beforeAll(async () => {
  displays = await TwoDisplays.start(BOTH);
  launched = await launch(profile, ['--demo', '--workspace', 'Debugging'], displays.name);
});

test.afterAll(async () => {
  await launched.close();
  await displays.stop();
  remove();
});

/** Where the windows are that can be seen, from left to right. */
async function seen(): Promise<readonly Box[]> {
  const boxes = await launched.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()
      .filter((window) => window.isVisible())
      .map((window) => window.getBounds()),
  );
  return boxes.sort((one, other) => one.x - other.x);
}

function isOn({ x, y, width, height }: Box, output: Output): boolean {
  const isAcross = x >= output.x && x + width <= output.x + output.width;
  return isAcross && y >= output.y && y + height <= output.y + output.height;
}

function expectSamePlaces(boxes: readonly Box[], wanted: readonly Box[]): void {
  expect(boxes).toHaveLength(wanted.length);
  boxes.forEach((box, at) => {
    for (const side of ['x', 'y', 'width', 'height'] as const) {
      expect(Math.abs(box[side] - (wanted[at]?.[side] ?? NaN))).toBeLessThanOrEqual(CLOSE_PX);
    }
  });
}

/** The page of a window that shows a tab of this name. */
async function pageWith(tab: string): Promise<Page> {
  let found: Page | undefined;
  await expect
    .poll(async () => {
      for (const page of launched.app.windows()) {
        if ((await page.getByRole('tab', { name: tab }).count()) > 0) found = page;
      }
      return found !== undefined;
    })
    .toBe(true);
  return found!;
}

/** Moves the windows as a user would, and waits until that is on the disk. */
async function arrange(wanted: readonly Box[]): Promise<void> {
  await launched.app.evaluate(({ BrowserWindow }, boxes) => {
    const windows = BrowserWindow.getAllWindows().filter((window) => window.isVisible());
    windows.sort((one, other) => one.getBounds().x - other.getBounds().x);
    windows.forEach((window, at) => {
      const box = boxes[at];
      if (box) window.setBounds(box);
    });
  }, wanted);
  const inner = wanted.map(({ x, ...box }) => ({ ...box, x: x % BOTH[0].width }));
  await expect.poll(storedBounds).toEqual(expect.arrayContaining(inner));
}

function storedBounds(): readonly unknown[] {
  const text = readFileSync(path.join(profile, 'archipel-windows.json'), 'utf8');
  const { value } = JSON.parse(text) as {
    value: { workspaces: { windows: { place?: { bounds: unknown } }[] }[] };
  };
  return value.workspaces.flatMap(({ windows }) => windows.map(({ place }) => place?.bounds));
}

const WANTED: readonly [Box, Box] = [
  { x: 101, y: 53, width: 1003, height: 641 },
  { x: 1397, y: 87, width: 907, height: 577 },
];

test('Debugging opens across both displays, a window on each', async () => {
  const shell = new Shell(launched.window);
  await expect.poll(async () => (await seen()).length).toBe(2);
  for (const page of launched.app.windows()) {
    const tour = page.getByRole('button', { name: 'Skip the tour' });
    if (page === launched.window) await tour.click();
  }
  await expect(shell.page.getByRole('navigation', { name: 'Workspaces' })).toBeVisible();
  const boxes = await seen();
  expect(boxes.map((box, at) => isOn(box, BOTH[at === 0 ? 0 : 1]))).toEqual([true, true]);
  await pageWith('Overview: selection');
  await pageWith('Stanzas: all accounts');
});

test('what a missing display held waits for it, and comes back to the same place', async () => {
  await arrange(WANTED);
  await displays.show([BOTH[0]]);
  await expect.poll(async () => (await seen()).length).toBe(1);
  expect((await seen()).every((box) => isOn(box, BOTH[0]))).toBe(true);
  const front = await pageWith('Overview: selection');
  await expect(front.getByText('1 window waits for its display')).toBeVisible();
  await displays.show(BOTH);
  await expect.poll(async () => (await seen()).length).toBe(2);
  expectSamePlaces(await seen(), WANTED);
});

test('all windows are back in their places after the app was killed', async () => {
  const gone = once(launched.app.process(), 'exit');
  launched.app.process().kill('SIGKILL');
  await gone;
  launched = await launch(profile, ['--demo'], displays.name);
  await expect.poll(async () => (await seen()).length).toBe(2);
  expectSamePlaces(await seen(), WANTED);
  await pageWith('Stanzas: all accounts');
});
