import { mkdtemp, rm, writeFile, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Box } from '../../../../main/workspaces/display-match.ts';
import { Workspaces } from '../../../../main/workspaces/workspaces.ts';
import { ProfileStorage } from '../../../../node/storage/profile-storage.ts';
import { FakeBrowserWindow, FakeScreen, fakeDisplay } from '../../../fakes/fake-windows.ts';

const left = fakeDisplay(1, 0);
const right = fakeDisplay(2, 1600);
const layout = { panels: [], dock: {}, rosterWidth: 300, collapsed: [] };
const A: Box = { x: 10, y: 20, width: 900, height: 700 };
const B: Box = { x: 1700, y: 40, width: 1000, height: 600 };

let folder: string;
let screen: FakeScreen;
let made: FakeBrowserWindow[];
let workspaces: Workspaces;

function begin(): Workspaces {
  made = [];
  return new Workspaces({
    storage: new ProfileStorage(folder, (value) => value),
    screen,
    make: (bounds) => {
      const window = new FakeBrowserWindow(bounds);
      made.push(window);
      return window.asWindow();
    },
    changed: () => undefined,
    replaced: () => undefined,
  });
}

/** Ends without a word, as if it were killed, and starts anew. */
async function restart(): Promise<void> {
  await workspaces.list.save();
  workspaces = begin();
  await workspaces.list.load();
  workspaces.windows.restore(undefined);
  ready();
}

function ready(): void {
  for (const window of made) window.emit('ready-to-show');
}

function seen(): readonly Box[] {
  return made.filter((window) => window.isVisible()).map((window) => window.getBounds());
}

/** Moves the windows as a user would and lets them rest. */
function move(...boxes: readonly Box[]): void {
  vi.advanceTimersByTime(2_000);
  boxes.forEach((box, at) => made[at]?.setBounds(box));
  vi.advanceTimersByTime(1_000);
}

function plug(...displays: FakeScreen['displays']): void {
  screen.displays = displays;
  workspaces.windows.rearrange();
}

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  folder = await mkdtemp(path.join(tmpdir(), 'workspaces-'));
  screen = new FakeScreen(left, right);
  workspaces = begin();
  await workspaces.list.load();
});

afterEach(async () => {
  vi.useRealTimers();
  await workspaces.list.save();
  await rm(folder, { recursive: true, force: true });
});

describe('a workspace', () => {
  it('opens with a window for each display', () => {
    workspaces.windows.restore('debugging');
    ready();
    expect(seen().map(({ x }) => x < 1600)).toEqual([true, false]);
  });

  it('holds everything in one window where there is one display', () => {
    screen.displays = [left];
    workspaces.windows.restore('debugging');
    const start = workspaces.windows.startOf(made[0]!.webContents.id);
    expect(start?.panels.map(({ panel, place }) => [panel, place])).toEqual([
      ['overview', 'tab'],
      ['stanzas', 'right'],
      ['logs', 'below'],
      ['shell', 'tab'],
    ]);
  });

  it('is there again as it was, window by window', async () => {
    workspaces.windows.restore('debugging');
    ready();
    move(A, B);
    const { id } = workspaces.windows.startOf(made[1]!.webContents.id)!;
    await workspaces.list.setLayout(id, layout);
    await restart();
    expect(seen()).toEqual([A, B]);
    expect(workspaces.windows.startOf(made[1]!.webContents.id)?.layout).toEqual(layout);
  });

  it('forgets a window that was closed while others are open', async () => {
    workspaces.windows.restore('debugging');
    ready();
    move(A, B);
    made[0]!.close();
    await restart();
    expect(seen()).toEqual([B]);
  });

  it('keeps its last window although that was closed', async () => {
    workspaces.windows.restore('debugging');
    ready();
    move(A, B);
    for (const window of made) window.close();
    await restart();
    expect(seen()).toEqual([B]);
  });

  it('gives way to another in the same window and comes back as it was', () => {
    workspaces.windows.restore('debugging');
    ready();
    move(A, B);
    const [first] = workspaces.windows.all();
    workspaces.windows.open('overview', first);
    expect([seen().length, workspaces.list.open]).toEqual([1, ['overview']]);
    workspaces.windows.open('debugging', workspaces.windows.all()[0]);
    ready();
    expect(seen()).toEqual([A, B]);
  });

  it('opens beside another one', () => {
    workspaces.windows.restore(undefined);
    workspaces.windows.open('debugging', undefined);
    ready();
    expect([seen().length, workspaces.list.open]).toEqual([3, ['overview', 'debugging']]);
  });

  it('begins anew when it is reset', () => {
    workspaces.windows.restore('debugging');
    ready();
    move(A, B);
    made[1]!.close();
    workspaces.reset('debugging');
    ready();
    expect(seen()).toHaveLength(2);
  });

  it('is forgotten when it is deleted, and its window shows another', () => {
    workspaces.windows.restore(undefined);
    const id = workspaces.list.create('Night watch', []);
    workspaces.windows.open(id, workspaces.windows.all()[0]);
    ready();
    workspaces.remove(id);
    expect(workspaces.list.open).toEqual(['overview']);
    expect([seen().length, workspaces.list.named('night watch')]).toEqual([1, undefined]);
  });
});

describe('a display that goes', () => {
  beforeEach(() => {
    workspaces.windows.restore('debugging');
    ready();
    move(A, B);
  });

  it('takes its windows out of sight and brings them back to the pixel', () => {
    plug(left);
    expect([seen(), workspaces.windows.parked.length]).toEqual([[A], 1]);
    plug(left, right);
    expect([seen(), workspaces.windows.parked.length]).toEqual([[A, B], 0]);
  });

  it('changes nothing of what is kept, wherever the system puts the windows meanwhile', async () => {
    screen.displays = [left];
    made[1]!.setBounds({ ...B, x: 300 });
    workspaces.windows.rearrange();
    made[1]!.setBounds({ ...B, x: 300 });
    vi.advanceTimersByTime(900);
    plug(left, right);
    expect(seen()).toEqual([A, B]);
  });

  it('is waited for over a restart', async () => {
    plug(left);
    await restart();
    expect([seen(), workspaces.windows.parked.length]).toEqual([[A], 1]);
    plug(left, right);
    ready();
    expect(seen()).toEqual([A, B]);
  });

  it('leaves one window in sight when all of them stood on it', () => {
    move({ ...A, x: 1800 }, B);
    plug(left);
    expect(seen()).toHaveLength(1);
    expect(seen()[0]!.x + seen()[0]!.width).toBeLessThanOrEqual(1600);
    plug(left, right);
    expect(seen()).toEqual([{ ...A, x: 1800 }, B]);
  });

  it('is given up when its windows are brought to another one', async () => {
    plug(left);
    workspaces.windows.bringParked(workspaces.windows.all()[0]!);
    expect([seen().length, workspaces.windows.parked.length]).toEqual([2, 0]);
    plug(left, right);
    expect(seen().every(({ x }) => x < 1600)).toBe(true);
  });

  it('comes and goes fifty times without anything getting lost', () => {
    let seed = 7;
    for (let turn = 0; turn < 50; turn += 1) {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      const moved = fakeDisplay(2, seed % 3 === 0 ? -1600 : 1600);
      plug(...(seed % 2 === 0 ? [left] : [left, moved]));
      expect(seen().length).toBe(screen.displays.length);
      for (const box of seen()) {
        const inside = screen.displays.some(
          ({ bounds }) => box.x >= bounds.x && box.x + box.width <= bounds.x + bounds.width,
        );
        expect(inside).toBe(true);
      }
    }
    plug(left, right);
    expect(seen()).toEqual([A, B]);
  });
});

describe('what is kept', () => {
  it('takes over the windows of a profile from before there were workspaces', async () => {
    const value = [{ bounds: A, layout }, { bounds: B }];
    const text = JSON.stringify({ format: 'archipel-windows', version: 1, value });
    await writeFile(path.join(folder, 'archipel-windows.json'), text);
    await workspaces.list.load();
    workspaces.windows.restore(undefined);
    ready();
    expect(seen()).toEqual([A, B]);
    expect(workspaces.windows.startOf(made[0]!.webContents.id)?.layout).toEqual(layout);
  });

  it('loses only the workspace that cannot be read', async () => {
    workspaces.windows.restore('debugging');
    const night = workspaces.list.create('Night watch', []);
    await workspaces.list.save();
    const file = path.join(folder, 'archipel-windows.json');
    const stored = JSON.parse(await readFile(file, 'utf8')) as {
      value: { workspaces: { windows: unknown }[] };
    };
    stored.value.workspaces[0]!.windows = 'broken';
    await writeFile(file, JSON.stringify(stored));
    const next = begin();
    await next.list.load();
    expect([next.list.find(night)?.name, next.list.find('debugging')]).toEqual([
      'Night watch',
      undefined,
    ]);
  });

  it('goes to a file and comes back as a workspace of its own', async () => {
    workspaces.windows.restore('debugging');
    ready();
    move(A, B);
    const file = path.join(folder, 'exported.json');
    await workspaces.writeFile(workspaces.list.find('debugging')!, 'Night watch', file);
    const read = await workspaces.readFile(file);
    expect(read.ok && workspaces.list.named('Night watch')).toBe(read.ok && read.value);
    if (read.ok) workspaces.windows.open(read.value, workspaces.windows.all()[0]);
    ready();
    expect(seen()).toEqual([A, B]);
  });

  it.each([
    ['no JSON', 'hello'],
    ['another file of ours', '{"format":"archipel-settings","version":1,"value":{}}'],
    ['nothing in it', '{"format":"archipel-workspace","version":1,"value":{}}'],
  ])('is not made of a file with %s, which is left as it is', async (_what, text) => {
    const file = path.join(folder, 'other.json');
    await writeFile(file, text);
    const read = await workspaces.readFile(file);
    expect(read).toMatchObject({ ok: false, error: { code: 'invalid-input' } });
    expect(await readFile(file, 'utf8')).toBe(text);
  });
});
