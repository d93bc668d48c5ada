import { beforeEach, describe, expect, it } from 'vitest';
import { ok } from '../../../../core/lib/result.ts';
import {
  AvatarMaker,
  type AvatarThread,
  type AvatarThreadEvents,
} from '../../../../main/avatars/avatar-maker.ts';
import { ManualTime, settled } from '../../../support/manual-time.ts';

const MEBIBYTE = 1_048_576;

/** A thread that answers when the test says so. */
class FakeThread implements AvatarThread {
  readonly asked: Uint8Array[] = [];
  readonly events: AvatarThreadEvents;
  isEnded = false;

  constructor(events: AvatarThreadEvents) {
    this.events = events;
  }

  make(picture: Uint8Array): void {
    this.asked.push(picture);
  }

  end(): void {
    this.isEnded = true;
  }
}

let threads: FakeThread[];
let time: ManualTime;
let reports: unknown[];
let maker: AvatarMaker;

beforeEach(() => {
  threads = [];
  reports = [];
  time = new ManualTime();
  maker = new AvatarMaker({
    clock: time,
    report: (cause) => reports.push(cause),
    start: (events) => {
      const thread = new FakeThread(events);
      threads.push(thread);
      return thread;
    },
  });
});

const picture = (value: number): Uint8Array => Uint8Array.of(value);
const LATER = { ok: false, error: 'later' };
const UNREADABLE = { ok: false, error: 'unreadable' };

describe('avatars', () => {
  it('are made one after the other by one thread, which ends when there is nothing more to do', async () => {
    const made = [1, 2].map((value) => maker.toAvatar(picture(value)));
    expect(threads.map(({ asked }) => asked)).toEqual([[picture(1)]]);
    threads[0]!.events.made(picture(11));
    threads[0]!.events.made(picture(12));
    expect(await Promise.all(made)).toEqual([ok(picture(11)), ok(picture(12))]);
    await time.pass(9_999);
    expect(threads.map(({ asked, isEnded }) => [asked.length, isEnded])).toEqual([[2, false]]);
    await time.pass(1);
    expect(threads.map(({ isEnded }) => isEnded)).toEqual([true]);
    void maker.toAvatar(picture(3));
    expect(threads.map(({ asked }) => asked.length)).toEqual([2, 1]);
    expect(reports).toEqual([]);
  });

  it('are not waited for longer than 10 seconds each: the thread is ended, and the next has a new one', async () => {
    const [hanging, next] = [1, 2].map((value) => maker.toAvatar(picture(value)));
    await time.pass(10_000);
    expect(await hanging).toEqual(UNREADABLE);
    expect(threads.map(({ asked, isEnded }) => ({ asked, isEnded }))).toEqual([
      { asked: [picture(1)], isEnded: true },
      { asked: [picture(2)], isEnded: false },
    ]);
    // Too late, and of another picture.
    threads[0]!.events.made(picture(11));
    threads[0]!.events.ended('exit code 1');
    threads[1]!.events.made(picture(12));
    expect(await next).toEqual(ok(picture(12)));
    expect(reports).toEqual([]);
  });

  it('are refused for now over which this computer slept', async () => {
    let sleptMs = 0;
    const now = () => time.now() + sleptMs;
    const clock = { now, after: time.after.bind(time) };
    const start = (events: AvatarThreadEvents) => new FakeThread(events);
    const drowsy = new AvatarMaker({ clock, report: (cause) => reports.push(cause), start });
    const made = [1, 2].map((value) => drowsy.toAvatar(picture(value)));
    sleptMs = 3_600_000;
    await time.pass(20_000);
    expect(await Promise.all(made)).toEqual([LATER, UNREADABLE]);
    expect(reports).toEqual([]);
  });

  it('go on in a new thread when the one dies', async () => {
    const [deadly, next] = [1, 2].map((value) => maker.toAvatar(picture(value)));
    threads[0]!.events.ended('out of memory');
    threads[0]!.events.ended('exit code 1');
    threads[1]!.events.made(picture(12));
    expect(await Promise.all([deadly, next])).toEqual([UNREADABLE, ok(picture(12))]);
    expect(reports).toEqual(['out of memory']);
  });

  it('are refused for now when no thread can be started', async () => {
    const cause = new Error('no thread');
    const refusing = new AvatarMaker({
      clock: time,
      report: (one) => reports.push(one),
      start: () => {
        throw cause;
      },
    });
    expect(await refusing.toAvatar(picture(1))).toEqual(LATER);
    expect(reports).toEqual([cause]);
  });

  it('are refused for now when a thread ends before it ran', async () => {
    const made = maker.toAvatar(picture(1));
    const cause = Object.assign(new Error('EMFILE'), { code: 'ERR_WORKER_INIT_FAILED' });
    threads[0]!.events.ended(cause);
    expect(await made).toEqual(LATER);
    expect(reports).toEqual([cause]);
  });

  it.each([
    ['nothing', undefined],
    ['no bytes', 'avatar'],
    ['more than an avatar takes', new Uint8Array(65_537)],
  ])('are none when the thread answers %s', async (_what, answer) => {
    const made = maker.toAvatar(picture(1));
    threads[0]!.events.made(answer);
    expect(await made).toEqual(UNREADABLE);
  });

  it('are none of what is longer than 1 MiB, which no thread sees', async () => {
    expect(await maker.toAvatar(new Uint8Array(MEBIBYTE + 1))).toEqual(UNREADABLE);
    expect(threads).toEqual([]);
  });

  it.each([
    ['many', 1, 512],
    ['much', MEBIBYTE, 16],
  ])('are refused for now where too %s waits', async (_what, bytes, most) => {
    // One is at work; the others wait.
    const accepted = Array.from({ length: most + 1 }, () => maker.toAvatar(new Uint8Array(bytes)));
    expect(await maker.toAvatar(new Uint8Array(bytes))).toEqual(LATER);
    for (let count = 0; count <= most; count += 1) threads[0]!.events.made(picture(1));
    const results = await Promise.all(accepted);
    expect(results.every((result) => result.ok)).toBe(true);
    // There is room again for as many as before.
    const again = Array.from({ length: most + 1 }, () => maker.toAvatar(new Uint8Array(bytes)));
    expect(await maker.toAvatar(new Uint8Array(bytes))).toEqual(LATER);
    for (let count = 0; count <= most; count += 1) threads[0]!.events.made(picture(1));
    expect((await Promise.all(again)).every((result) => result.ok)).toBe(true);
  });

  it('are given up when the application ends', async () => {
    const made = [1, 2].map((value) => maker.toAvatar(picture(value)));
    maker.stop();
    await settled();
    expect(await Promise.all(made)).toEqual([LATER, LATER]);
    expect(threads.map(({ isEnded }) => isEnded)).toEqual([true]);
  });
});
