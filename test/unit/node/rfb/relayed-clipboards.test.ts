import { deflateSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { ENCODING } from '../../../../core/rfb/encodings.ts';
import { u32 } from '../../../../core/rfb/integers.ts';
import { writeUpdate } from '../../../../core/rfb/server-messages.ts';
import { AREA, RelayBench } from './relay-bench.ts';

describe('the clipboards of a server behind the relay', () => {
  let bench: RelayBench;
  const begin = async (): Promise<void> => {
    bench = new RelayBench();
    await bench.open();
  };
  afterEach(() => bench.relay.end());

  it('leaves a clipboard out that would inflate to more than it says', async () => {
    await begin();
    const lies = deflateSync(Buffer.from([0xff, 0xff, 0xff, 0xff, 1]));
    const length = u32(-(4 + lies.length));
    bench.server.say([3, 0, 0, 0], length, [0x10, 0, 0, 1], lies, [2]);
    expect([...(await bench.pageHears(1))]).toEqual([2]);
    const honest = deflateSync(Buffer.from([0, 0, 0, 1, 65]));
    bench.server.say([3, 0, 0, 0], u32(-(4 + honest.length)), [0x10, 0, 0, 1], honest);
    expect((await bench.pageHears(12 + honest.length))[0]).toBe(3);
  });

  it('lets through what a server can do with clipboards, and none of it that is cut short', async () => {
    await begin();
    const clipboard = (...body: number[]) =>
      bench.server.say([3, 0, 0, 0], u32(-body.length), body);
    // Of all abilities, with the limit of one format; then without that limit, and a notice too long.
    clipboard(0x1f, 0, 0, 1, 0, 0, 0, 0);
    expect([...(await bench.pageHears(16))].slice(8, 12)).toEqual([0x1f, 0, 0, 1]);
    clipboard(0x1f, 0, 0, 1);
    clipboard(0x08, 0, 0, 1, 9);
    bench.server.say([2]);
    expect([...(await bench.pageHears(1))]).toEqual([2]);
  });

  const plain = (letter: string) => [3, 0, 0, 0, ...u32(1), letter.charCodeAt(0)];

  it('leaves clipboards out that come faster than anybody copies, but for the last', async () => {
    await begin();
    for (let count = 0; count < 1_000; count += 1) bench.server.say(plain('A'));
    bench.server.say(plain('Z'), [2]);
    const heard = await bench.pageHears(8 * 9 + 1);
    expect([heard.length, heard.at(-1)]).toEqual([73, 2]);
    await bench.clock.pass(999);
    expect(bench.pageRest.length).toBe(0);
    await bench.clock.pass(1);
    expect(bench.pageRest).toEqual(Buffer.from(plain('Z')));
    // Late as it was, it is the first of its second.
    for (const letter of 'bcdefgh') bench.server.say(plain(letter));
    expect((await bench.pageHears(7 * 9)).at(-1)).toBe('h'.charCodeAt(0));
    bench.server.say(plain('i'));
    await bench.clock.pass(10_000);
    expect(bench.pageRest).toEqual(Buffer.from(plain('i')));
  });

  it('loses nothing of what a server says that takes many messages to tell of a copy', async () => {
    await begin();
    const extended = (flags: number, ...body: number[]) => {
      const all = [flags, 0, 0, 1, ...body];
      return Uint8Array.from([3, 0, 0, 0, ...u32(-all.length), ...all]);
    };
    const [request, notice] = [extended(0x02), extended(0x08)];
    const nothing = Uint8Array.from([3, 0, 0, 0, ...u32(-4), 0x08, 0, 0, 0]);
    const text = extended(0x10, ...deflateSync(Buffer.from([0, 0, 0, 1, 65])));
    // As TigerVNC does it, twice within a second.
    const copy = [request, nothing, notice, notice, text, text];
    for (const message of [...copy, ...copy]) bench.server.say(message);
    const wanted = Buffer.concat([...copy, ...copy]);
    expect(await bench.pageHears(wanted.length)).toEqual(wanted);
    // Notices that wait hold no text up.
    for (let count = 0; count < 20; count += 1) bench.server.say(notice);
    bench.server.say(text);
    expect(await bench.pageHears(2 * 12 + text.length)).toEqual(
      Buffer.concat([notice, notice, text]),
    );
    await bench.clock.pass(1_000);
    expect(bench.pageRest).toEqual(Buffer.from(notice));
  });

  it('puts a clipboard that waited between two messages, and only where the page reads', async () => {
    await begin();
    for (const letter of 'abcdefghi') bench.server.say(plain(letter));
    await bench.pageHears(8 * 9);
    const update = writeUpdate([
      { area: AREA, encoding: ENCODING.raw, body: new Uint8Array(32).fill(5) },
    ]);
    bench.server.say(update.subarray(0, 30));
    await bench.clock.pass(1_000);
    bench.server.say(update.subarray(30), [2]);
    const wanted = Buffer.from([...update, ...plain('i'), 2]);
    expect(await bench.pageHears(wanted.length)).toEqual(wanted);

    for (const letter of 'abcdefghi') bench.server.say(plain(letter));
    await bench.pageHears(7 * 9);
    bench.relay.setPaused(true);
    await bench.clock.pass(1_000);
    expect(bench.pageRest.length).toBe(0);
    bench.relay.setPaused(false);
    expect(bench.pageRest).toEqual(Buffer.from(plain('i')));
  });
});
