import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteWalker } from '../../../../core/rfb/byte-walk.ts';
import { type ClientMessage, writeClientMessage } from '../../../../core/rfb/client-messages.ts';
import { clientWalk } from '../../../../core/rfb/client-walk.ts';
import { ENCODING } from '../../../../core/rfb/encodings.ts';
import { joinBytes, u16, u32 } from '../../../../core/rfb/integers.ts';
import { RFB_LIMITS } from '../../../../core/rfb/limits.ts';
import { PIXEL_FORMAT_32 } from '../../../../core/rfb/pixel-format.ts';
import { RfbFailureError } from '../../../../core/rfb/rfb-failure.ts';
import { writeSign, writeUpdate } from '../../../../core/rfb/server-messages.ts';
import { type ServerEvent, serverWalk } from '../../../../core/rfb/server-walk.ts';
import { clientMessage, cuts, cutUp, serverMessage } from './arbitrary-messages.ts';

function readClient(pieces: readonly Uint8Array[]): ClientMessage[] {
  const messages: ClientMessage[] = [];
  const walker = new ByteWalker(clientWalk((message) => messages.push(message), RFB_LIMITS));
  for (const piece of pieces) walker.push(piece);
  return messages;
}

function followServer(pieces: readonly Uint8Array[], acceptsClipboard = true) {
  const events: ServerEvent[] = [];
  const walker = new ByteWalker(
    serverWalk({
      limits: RFB_LIMITS,
      format: () => PIXEL_FORMAT_32,
      onEvent: (event) => events.push(event),
      acceptsClipboard: () => acceptsClipboard,
      onBorder: () => undefined,
    }),
  );
  const passed = joinBytes(pieces.map((piece) => walker.push(piece)));
  return { passed, events };
}

function failureOf(run: () => unknown): unknown {
  try {
    run();
    return 'accepted';
  } catch (cause) {
    return cause instanceof RfbFailureError ? cause.failure : cause;
  }
}

describe('a viewer’s messages', () => {
  it('are read as they were written, wherever the stream is cut', () => {
    fc.assert(
      fc.property(fc.array(clientMessage, { maxLength: 8 }), cuts, (messages, places) => {
        const stream = joinBytes(messages.map(writeClientMessage));
        expect(readClient(cutUp(stream, places))).toEqual(messages);
      }),
      { numRuns: 400 },
    );
  });

  it('are read at every single cut, and byte by byte', () => {
    const messages: ClientMessage[] = [
      { kind: 'key', key: { isDown: true, keysym: 0x61, scancode: 0x1e } },
      { kind: 'encodings', encodings: [0, -258] },
      { kind: 'clipboard', text: 'é' },
    ];
    const stream = joinBytes(
      messages.map((message) => writeClientMessage(message as { kind: 'clipboard'; text: string })),
    );
    for (let place = 0; place <= stream.length; place += 1) {
      expect(readClient([stream.subarray(0, place), stream.subarray(place)])).toEqual(messages);
    }
    expect(readClient([...stream].map((byte) => Uint8Array.of(byte)))).toEqual(messages);
  });

  it('of extensions that are not let through are read past', () => {
    const after = writeClientMessage({ kind: 'pointer', buttons: 1, x: 2, y: 3 });
    const stream = joinBytes([
      [150, 1, 0, 0, 0, 0, 0, 0, 0, 0],
      [248, 0, 0, 0, 0, 0, 0, 1, 3, 9, 9, 9],
      [250, 0, 1, 2],
      after,
    ]);
    expect(readClient([stream]).map((message) => message.kind)).toEqual([
      ...['ignored', 'ignored', 'ignored', 'pointer'],
    ]);
  });

  it('do not carry a clipboard beyond the limit, and go on after it', () => {
    const size = RFB_LIMITS.clipboardBytes + 1;
    const large = joinBytes([[6, 0, 0, 0], u32(size), new Uint8Array(size)]);
    const key = writeClientMessage({ kind: 'key', key: { isDown: true, keysym: 1 } });
    expect(readClient([large, key])).toEqual([
      { kind: 'ignored', what: 'clipboard' },
      { kind: 'key', key: { isDown: true, keysym: 1 } },
    ]);
  });

  it('of an unknown type end the conversation', () => {
    expect(failureOf(() => readClient([Uint8Array.of(99)]))).toEqual({
      code: 'malformed',
      detail: 'a viewer’s message of type 99',
    });
  });
});

describe('a server’s messages', () => {
  it('pass unchanged, wherever the stream is cut', () => {
    fc.assert(
      fc.property(fc.array(serverMessage, { maxLength: 4 }), cuts, (messages, places) => {
        const stream = joinBytes(messages);
        expect(followServer(cutUp(stream, places)).passed).toEqual(stream);
      }),
      { numRuns: 400 },
    );
  });

  it('end where the next begins, in each encoding', () => {
    fc.assert(
      fc.property(serverMessage, (message) => {
        const bell = Uint8Array.of(2);
        const sign = writeSign(ENCODING.extendedKeys);
        const { events } = followServer([joinBytes([message, bell, sign])]);
        expect(events.at(-2)).toEqual({ kind: 'extended-keys' });
      }),
      { numRuns: 400 },
    );
  });

  it('of fences and continuous updates are left out', () => {
    const fence = [248, 0, 0, 0, 0, 0, 0, 0, 2, 7, 7];
    expect(followServer([Uint8Array.from([...fence, 150, 250, 0, 1, 0, 2])]).passed).toEqual(
      Uint8Array.of(2),
    );
  });

  it('leave a clipboard out that is too large, or not what it says', () => {
    const size = RFB_LIMITS.clipboardBytes + 1;
    const large = joinBytes([[3, 0, 0, 0], u32(size), new Uint8Array(size)]);
    const extended = joinBytes([[3, 0, 0, 0], u32(-8), new Uint8Array(8)]);
    const { passed } = followServer([large, extended, Uint8Array.of(2)], false);
    expect(passed).toEqual(Uint8Array.of(2));
  });

  const area = { x: 0, y: 0, width: 2, height: 2 };
  const hostile: readonly (readonly [string, Uint8Array, unknown])[] = [
    [
      'a screen that no page could hold',
      writeSign(ENCODING.desktopSize, 30_000, 30_000),
      { code: 'too-large', width: 30_000, height: 30_000 },
    ],
    [
      'a screen of too many pixels',
      writeSign(ENCODING.extendedDesktopSize, 16_000, 16_000),
      { code: 'too-large', width: 16_000, height: 16_000 },
    ],
    [
      'a message of no known type',
      Uint8Array.of(77),
      { code: 'malformed', detail: 'a server’s message of type 77' },
    ],
    [
      'a rectangle that nobody asked for',
      writeUpdate([{ area, encoding: ENCODING.fence, body: new Uint8Array(0) }]),
      { code: 'malformed', detail: 'a rectangle of encoding -312' },
    ],
    [
      'more compressed data than pixels',
      writeUpdate([{ area, encoding: ENCODING.zrle, body: Uint8Array.from(u32(0x7fffffff)) }]),
      { code: 'malformed', detail: '2147483647 bytes in one rectangle' },
    ],
    [
      'a name without end',
      writeUpdate([
        { area, encoding: ENCODING.desktopName, body: Uint8Array.from(u32(0x7fffffff)) },
      ]),
      { code: 'malformed', detail: 'a screen’s name of 2147483647 bytes' },
    ],
    [
      'a pointer as large as a screen',
      joinBytes([[0, 0, 0, 1, 0, 0, 0, 0, ...u16(4000), ...u16(4000)], u32(ENCODING.cursor)]),
      { code: 'malformed', detail: 'a pointer of 4000×4000' },
    ],
  ];
  it.each(hostile)('end the conversation over %s', (_name, bytes, failure) => {
    expect(failureOf(() => followServer([bytes]))).toEqual(failure);
  });

  it('of noise never do more than end the conversation', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), cuts, (noise, places) => {
        const failure = failureOf(() => followServer(cutUp(noise, places)));
        expect(failure === 'accepted' || !(failure instanceof Error)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});
