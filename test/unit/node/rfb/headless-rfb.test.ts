import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { ENCODING } from '../../../../core/rfb/encodings.ts';
import { u16, u32 } from '../../../../core/rfb/integers.ts';
import { RFB_LIMITS } from '../../../../core/rfb/limits.ts';
import { HeadlessRfb } from '../../../../node/rfb/headless-rfb.ts';
import type { RfbOptions } from '../../../../node/rfb/rfb-options.ts';
import { ManualTime } from '../../../support/manual-time.ts';
import { ScriptedRfb } from '../../../support/scripted-rfb.ts';
import { failureOf } from '../../../support/viewers.ts';

const trust = { serverName: 'localhost' };
const MANY = 65_535;

type Area = readonly [x: number, y: number, width: number, height: number];

/** Bytes of an update of so many rectangles; its first has this head. */
const update = (count: number): readonly number[] => [0, 0, ...u16(count)];
const head = (area: Area, encoding: number): readonly number[] => [
  ...area.flatMap((one) => [...u16(one)]),
  ...u32(encoding),
];
const zrle = (area: Area, bytes: Uint8Array): readonly number[] => [
  ...head(area, ENCODING.zrle),
  ...u32(bytes.length),
  ...bytes,
];
const deflated = (...bytes: readonly number[]): Uint8Array => deflateSync(Buffer.from(bytes));

const SCREEN: Area = [0, 0, 4, 2];
const DRAWN = [...update(1), ...head(SCREEN, ENCODING.raw), ...new Array<number>(32).fill(7)];

/** A viewer of a screen, let in. */
async function begin(options: Partial<RfbOptions> = {}, width = 4, height = 2) {
  const server = new ScriptedRfb();
  const opened = HeadlessRfb.open(server.near, { credentials: {}, trust, ...options });
  await server.welcome(width, height);
  return { server, opened };
}

/** What a hostile server says in place of a picture, and how that ends. */
const hostile: readonly (readonly [string, readonly number[], string])[] = [
  [
    'a rectangle beyond the right edge',
    [...update(1), ...head([1, 0, 4, 2], ENCODING.raw), ...new Array<number>(32).fill(0)],
    'a rectangle at 1,0 of 4×2 outside the screen',
  ],
  [
    'a copy of what is below the screen',
    [...update(1), ...head([0, 0, 4, 1], ENCODING.copyRect), ...u16(0), ...u16(2)],
    'a rectangle at 0,2 of 4×1 outside the screen',
  ],
  [
    'a copy to the last corner that there is',
    [...update(1), ...head([MANY, MANY, 1, 1], ENCODING.copyRect), ...u16(0), ...u16(0)],
    'a rectangle at 65535,65535 of 1×1 outside the screen',
  ],
  [
    'an encoding that nobody asked for',
    [...update(1), ...head(SCREEN, ENCODING.tight)],
    'a rectangle of encoding 7',
  ],
  ['a message that there is not', [99], 'a server’s message of type 99'],
  ['a clipboard of 2 GB', [3, 0, 0, 0, ...u32(0x7fffffff)], 'a clipboard of 2147483647 bytes'],
  [
    'ZRLE that is no zlib',
    [...update(1), ...zrle(SCREEN, Buffer.from('garbage'))],
    'ZRLE: incorrect header check',
  ],
  [
    'ZRLE cut short within its zlib',
    [...update(1), ...zrle(SCREEN, deflated(0, ...new Array<number>(24).fill(1)).subarray(0, 6))],
    'a ZRLE rectangle that is too short',
  ],
  [
    'ZRLE of too few pixels',
    [...update(1), ...zrle(SCREEN, deflated(0, 1, 2, 3))],
    'a ZRLE rectangle that is too short',
  ],
  [
    'ZRLE that goes on after its zlib has ended',
    [
      ...update(2),
      ...zrle([0, 0, 1, 1], deflated(1, 1, 2, 3)),
      ...zrle(SCREEN, deflated(1, 1, 2, 3)),
    ],
    'a ZRLE rectangle that is too short',
  ],
  [
    'ZRLE with a run beyond its tile',
    [...update(1), ...zrle(SCREEN, deflated(128, 1, 2, 3, 255, 0))],
    'a ZRLE run beyond its tile',
  ],
  [
    'ZRLE with a colour that is not there',
    [...update(1), ...zrle(SCREEN, deflated(130, 1, 2, 3, 4, 5, 6, 127))],
    'a ZRLE colour that is not in the palette',
  ],
  [
    'ZRLE longer than any',
    [...update(1), ...head(SCREEN, ENCODING.zrle), ...u32(0x7fffffff)],
    '2147483647 bytes in one rectangle',
  ],
  [
    'ZRLE of 60 MB in 60 kB',
    [...update(1), ...zrle(SCREEN, deflateSync(Buffer.alloc(60_000_000)))],
    'ZRLE: more bytes than its rectangle can hold',
  ],
];

describe('a screen without a window ends', () => {
  it.each(hostile)('over %s', async (_name, bytes, detail) => {
    const { server, opened } = await begin();
    server.say(bytes);
    expect(await failureOf(opened)).toEqual({ code: 'malformed', detail });
    expect(server.near.destroyed).toBe(true);
  });

  it('over a mode that is too large', async () => {
    const { server, opened } = await begin();
    server.say(update(1), head([0, 0, 30_000, 30_000], ENCODING.desktopSize));
    expect(await failureOf(opened)).toEqual({ code: 'too-large', width: 30_000, height: 30_000 });
  });

  it('over an update that paints for ever', async () => {
    const { server, opened } = await begin({ limits: { ...RFB_LIMITS, pixels: 64 } });
    server.say(update(MANY));
    for (let copy = 0; copy < 17; copy += 1) {
      server.say(head(SCREEN, ENCODING.copyRect), u16(0), u16(0));
    }
    const detail = 'an update of 136 pixels';
    expect(await failureOf(opened)).toEqual({ code: 'malformed', detail });
  });

  it('over a server that hangs up within a rectangle', async () => {
    const { server, opened } = await begin();
    server.say(DRAWN.slice(0, 30));
    server.far.end();
    expect(await failureOf(opened)).toEqual({ code: 'closed-early', phase: 'first-frame' });
  });

  it.each([
    ['messages', [2]],
    ['rectangles of nothing', head([0, 0, 0, 0], ENCODING.raw)],
  ])('over endless %s, each of them in time', async (name, bytes) => {
    const clock = new ManualTime();
    const { server, opened } = await begin({ clock, timeoutMs: 1000 });
    const failed = failureOf(opened);
    if (name !== 'messages') server.say(update(MANY));
    for (let half = 0; half < 10; half += 1) {
      server.say(bytes);
      await clock.pass(500);
    }
    expect(await failed).toEqual({ code: 'timed-out', phase: 'first-frame', seconds: 4 });
  });

  it('over a server that never says it has read what was sent', async () => {
    const clock = new ManualTime();
    const { server, opened } = await begin({ clock, timeoutMs: 1000 });
    server.say(DRAWN);
    const viewer = await opened;
    const failed = failureOf(viewer.settled());
    for (let half = 0; half < 10; half += 1) {
      server.say([2]);
      await clock.pass(500);
    }
    expect(await failed).toEqual({ code: 'timed-out', phase: 'first-frame', seconds: 4 });
    viewer.close();
  });
});

describe('a screen without a window', () => {
  it('leaves a server that reads no more', async () => {
    const clock = new ManualTime();
    const { server, opened } = await begin({ clock, timeoutMs: 1000 });
    server.say(DRAWN);
    const viewer = await opened;
    viewer.close();
    await clock.pass(999);
    expect(server.near.destroyed).toBe(false);
    await clock.pass(1);
    expect(server.near.destroyed).toBe(true);
  });

  it('takes a picture in ZRLE, each kind of tile as large as it may be', async () => {
    const { server, opened } = await begin();
    const runs = Array.from({ length: 8 }, (_none, at) => [at, at, at, 0]).flat();
    server.say(update(1), zrle(SCREEN, deflated(128, ...runs)));
    const viewer = await opened;
    server.say(update(1), head(SCREEN, ENCODING.copyRect), u16(0), u16(0));
    const { width, height, rgba } = await viewer.takePicture();
    const expected = Array.from({ length: 8 }, (_none, at) => [at, at, at, 255]).flat();
    expect([width, height, ...rgba]).toEqual([4, 2, ...expected]);
    viewer.close();
  });

  it('lets others have their turns while a huge picture is decoded', async () => {
    const [width, height] = [256, 16_384];
    const { server, opened } = await begin({}, width, height);
    const all: Area = [0, 0, width, height];
    // A colour for each row of tiles: a few bytes that become 16 MiB of pixels.
    const rows = Array.from({ length: height / 64 }, (_none, row) => [1, row, 2, 3]);
    const tiles = rows.flatMap((row) => [...row, ...row, ...row, ...row]);
    let turns = 0;
    let isOver = false;
    const count = (): void => {
      turns += 1;
      if (!isOver) setImmediate(count);
    };
    server.say(update(1), zrle(all, deflated(...tiles)));
    count();
    const viewer = await opened;
    isOver = true;
    expect(turns).toBeGreaterThanOrEqual(rows.length - 1);
    const again = viewer.takePicture();
    server.say(update(1), head(all, ENCODING.copyRect), u16(0), u16(0));
    const { rgba } = await again;
    const seen = rows.map((_none, row) => [...rgba.subarray(row * 64 * width * 4).subarray(0, 4)]);
    expect(seen).toEqual(rows.map((_none, row) => [row, 2, 3, 255]));
    viewer.close();
  });

  it.each([
    ['down', 1, 0, [0, 0, 1]],
    ['up', 0, 1, [1, 2, 2]],
  ] as const)('copies a part of itself over itself, %s', async (_name, to, from, rows) => {
    const { server, opened } = await begin({}, 1, 3);
    const drawn = [0, 1, 2].flatMap((row) => [row, row, row, 0]);
    server.say(update(1), head([0, 0, 1, 3], ENCODING.raw), drawn);
    const viewer = await opened;
    const copied = head([0, to, 1, 2], ENCODING.copyRect);
    server.say(update(2), copied, u16(0), u16(from), head([0, 0, 1, 1], ENCODING.copyRect), u32(0));
    const { rgba } = await viewer.takePicture();
    expect([...rgba]).toEqual(rows.flatMap((row) => [row, row, row, 255]));
    viewer.close();
  });
});
