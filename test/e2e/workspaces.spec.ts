import { expect, test, type Page } from '@playwright/test';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { requirePrograms, whatIsMissing } from '../support/required-programs.ts';
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
test.skip(!canRun, whatIsMissing(TWO_DISPLAYS_PROGRAMS));

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
  await pageWith('Overview: ');
  await pageWith('Stanzas: all accounts');
});

test('what a missing display held waits for it, and comes back to the same place', async () => {
  await arrange(WANTED);
  await displays.show([BOTH[0]]);
  await expect.poll(async () => (await seen()).length).toBe(1);
  expect((await seen()).every((box) => isOn(box, BOTH[0]))).toBe(true);
  const front = await pageWith('Overview: ');
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

/** In how many windows a tab of this name is, hidden ones included. */
async function tabsNamed(name: string): Promise<number> {
  const counts = launched.app
    .windows()
    .map((page) => page.getByRole('tab', { name, exact: true }).count());
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
}

test('a moment that is pointed at in one window is shown by the panels of the other', async () => {
  const back = await pageWith('Stanzas: all accounts');
  const front = await pageWith('Overview: ');
  await new Shell(front).run('Stanzas');
  const list = back.getByRole('listbox', { name: 'Stanzas' });
  await list.getByRole('option').first().click();
  const marked = front.getByRole('listbox', { name: 'Stanzas' }).locator('[aria-current=time]');
  await expect(marked).toBeVisible();
  await expect(front.getByRole('button', { name: /^Time \d\d:\d\d:\d\d/u })).toBeVisible();
  await front.getByRole('button', { name: /^Time /u }).click();
  await expect(back.locator('[aria-current=time]')).toHaveCount(0);
  await front.keyboard.press('ControlOrMeta+w');
  await expect.poll(() => tabsNamed('Stanzas: all accounts')).toBe(1);
});

test('a panel moves to another display by command, with what it keeps, and back', async () => {
  const front = await pageWith('Overview: ');
  const back = await pageWith('Stanzas: all accounts');
  await back.getByRole('searchbox', { name: /^Filter by peer/u }).fill('presence');
  await new Shell(back).run('Move panel to display 1');
  const shell = new Shell(front);
  await expect(shell.panel('Stanzas: all accounts')).toBeVisible();
  await expect(
    front.getByRole('tabpanel').getByRole('searchbox', { name: /^Filter by peer/u }),
  ).toHaveValue('presence');
  expect(await tabsNamed('Stanzas: all accounts')).toBe(1);
  await shell.run('Move panel to window 2');
  await expect(new Shell(back).panel('Stanzas: all accounts')).toBeVisible();
  expect(await tabsNamed('Stanzas: all accounts')).toBe(1);
  await back.getByRole('searchbox', { name: /^Filter by peer/u }).fill('');
});

/** Where the middle of a tab is on the desktop, as a pointer would find it. */
async function middleOf(
  page: Page,
  tab: string,
): Promise<{ readonly x: number; readonly y: number }> {
  const box = await page.getByRole('tab', { name: tab, exact: true }).boundingBox();
  const corner = await page.evaluate(() => [window.screenX, window.screenY] as const);
  return {
    x: Math.round(corner[0] + box!.x + box!.width / 2),
    y: Math.round(corner[1] + box!.y + box!.height / 2),
  };
}

/** Listens for an event of a page from now on; the function that is returned waits for it. */
async function listenFor(page: Page, event: string): Promise<() => Promise<unknown>> {
  const key = `heard ${event}`;
  await page.evaluate(
    ([name, at]) => {
      const heard = new Promise((settle) => {
        document.addEventListener(name, () => settle(true), { capture: true, once: true });
      });
      Reflect.set(window, at, heard);
    },
    [event, key] as const,
  );
  return () => page.evaluate((at) => Reflect.get(window, at) as Promise<unknown>, key);
}

/**
 * Takes a tab with the real pointer and carries it onto the window of the left display. Two presses
 * at one place within half a second are a double click, which takes nothing: each takes it elsewhere.
 */
async function carryToTheLeft(
  besideMiddle: number,
): Promise<{ readonly x: number; readonly y: number }> {
  const back = await pageWith('Stanzas: all accounts');
  const middle = await middleOf(back, 'Stanzas: all accounts');
  const from = { x: middle.x + besideMiddle, y: middle.y };
  const to = { x: WANTED[0].x + 600, y: WANTED[0].y + 300 };
  const front = await pageWith('Overview: ');
  await displays.point(from.x, from.y, 0);
  await displays.point(from.x, from.y, 1);
  const began = await listenFor(back, 'dragstart');
  await displays.point(from.x - 8, from.y + 6, 1);
  await displays.point(from.x - 24, from.y + 20, 1);
  await began();
  const isOver = await listenFor(front, 'dragover');
  for (let step = 1; step <= 10; step += 1) {
    const along = step / 10;
    const x = Math.round(from.x + (to.x - from.x) * along);
    await displays.point(x, Math.round(from.y + (to.y - from.y) * along), 1);
  }
  await isOver();
  return to;
}

test('a panel is dragged to the window on the other display', async () => {
  const back = new Shell(await pageWith('Stanzas: all accounts'));
  const { x, y } = await carryToTheLeft(0);
  await displays.point(x, y, 0);
  const front = new Shell(await pageWith('Overview: '));
  await expect(front.panel('Stanzas: all accounts')).toBeVisible();
  expect(await tabsNamed('Stanzas: all accounts')).toBe(1);
  await front.run('Move panel to window 2');
  await expect(back.panel('Stanzas: all accounts')).toBeVisible();
  await expect.poll(() => tabsNamed('Stanzas: all accounts')).toBe(1);
});

test('a panel is not lost when its display is unplugged while it is dragged', async () => {
  const { x, y } = await carryToTheLeft(-30);
  await displays.show([BOTH[0]]);
  await displays.point(x, y, 0);
  await expect.poll(async () => (await seen()).length).toBe(1);
  await expect.poll(() => tabsNamed('Stanzas: all accounts')).toBe(1);
  await displays.show(BOTH);
  await expect.poll(async () => (await seen()).length).toBe(2);
  expectSamePlaces(await seen(), WANTED);
  await expect.poll(() => tabsNamed('Stanzas: all accounts')).toBe(1);
});
