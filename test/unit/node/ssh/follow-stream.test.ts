import { expect, it } from 'vitest';
import { FollowStream, type FollowEvent } from '../../../../node/ssh/follow-stream.ts';
import { LineSplitter, readText } from '../../../../node/ssh/line-splitter.ts';
import { LogCursor } from '../../../../node/ssh/log-position.ts';

const NONCE = '0123456789abcdef';
const mark = (words: string): string => `\0${NONCE} ${words}\n`;

/** What is told, with neighbouring bytes joined: chunks may come as they like. */
function told(chunks: readonly Buffer[]): readonly unknown[] {
  const stream = new FollowStream(NONCE);
  const events: unknown[] = [];
  for (const event of chunks.flatMap((chunk) => [...stream.push(chunk)] as FollowEvent[])) {
    const last = events.at(-1);
    if (event.kind !== 'bytes') events.push(event);
    else if (typeof last === 'string') events[events.length - 1] = last + event.bytes.toString();
    else events.push(event.bytes.toString());
  }
  return events;
}

const SAID = Buffer.from(
  `${mark('clock 1764000000 -0130')}${mark('at 42 100 start')}one\0two\0${NONCE.slice(0, 5)}\n${mark('at 42 36 more')}three${mark('idle')}${mark('alive')}`,
);
const EVENTS = [
  { kind: 'clock', seconds: 1_764_000_000, zoneMinutes: -90 },
  { kind: 'move', inode: '42', offset: 100, reason: 'start' },
  `one\0two\0${NONCE.slice(0, 5)}\n`,
  { kind: 'move', inode: '42', offset: 36, reason: 'more' },
  'three',
  { kind: 'idle' },
  { kind: 'alive' },
];

it('tells bytes from marks, wherever the chunks are cut', () => {
  for (let size = 1; size <= SAID.length; size += 1) {
    const chunks = Array.from({ length: Math.ceil(SAID.length / size) }, (_, index) =>
      SAID.subarray(index * size, (index + 1) * size),
    );
    expect(told(chunks)).toEqual(EVENTS);
  }
});

it.each(['at 42', 'at -1 0 more', 'at 42 x more', 'at 42 0 nonsense', 'clock 1 UTC', 'other'])(
  'passes over a mark that makes no sense: %s',
  (words) => {
    expect(told([Buffer.from(`a${mark(words)}b`)])).toEqual(['ab']);
  },
);

it('cuts lines, those that are too long into several', () => {
  const splitter = new LineSplitter(4);
  const lines = ['ab\r\nc', 'd\n\nlonger than four\n', 'rest'].flatMap((text) => [
    ...splitter.push(Buffer.from(text)),
  ]);
  expect([...lines, ...splitter.flush(), ...splitter.flush()]).toEqual([
    'ab',
    'cd',
    '',
    'long',
    'er t',
    'han ',
    'four',
    'rest',
  ]);
});

it('shows bytes that are no UTF-8', () => {
  const bytes = Buffer.from([0x41, 0x80, 0xe2, 0x82, 0xac, 0xe2, 0x82, 0xf0, 0x42, 0xc0, 0xaf]);
  expect(readText(bytes)).toBe(String.raw`A\x80€\xe2\x82\xf0B\xc0\xaf`);
});

it('takes out what it had before, and sees when that is not what it was', () => {
  const cursor = new LogCursor(4);
  cursor.move('7', 10, 'start');
  cursor.take(Buffer.from('abcdef'));
  const effects = [cursor.move('7', 12, 'more')];
  const fresh = cursor.take(Buffer.from('cdefgh'))?.toString();
  effects.push(cursor.move('7', 14, 'more'));
  const other = cursor.take(Buffer.from('xfgh'));
  effects.push(cursor.move('8', 0, 'rotated'), cursor.move('8', 0, 'truncated'));
  expect({ fresh, other, effects, position: cursor.position }).toEqual({
    fresh: 'gh',
    other: undefined,
    effects: ['continues', 'continues', 'begins', 'misses'],
    position: { inode: '8', offset: 0, tail: Buffer.alloc(0) },
  });
});
