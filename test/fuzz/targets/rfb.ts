import fc from 'fast-check';
import { expect } from 'vitest';
import { ByteWalker, type Walk } from '../../../core/rfb/byte-walk.ts';
import { writeClientMessage } from '../../../core/rfb/client-messages.ts';
import { clientWalk } from '../../../core/rfb/client-walk.ts';
import { joinBytes } from '../../../core/rfb/integers.ts';
import { RFB_LIMITS } from '../../../core/rfb/limits.ts';
import { PIXEL_FORMAT_32 } from '../../../core/rfb/pixel-format.ts';
import { RfbFailureError } from '../../../core/rfb/rfb-failure.ts';
import { serverWalk } from '../../../core/rfb/server-walk.ts';
import { spoiltBytes } from '../../support/hostile-arbitraries.ts';
import {
  clientMessage,
  cuts,
  cutUp,
  serverMessage,
} from '../../unit/core/rfb/arbitrary-messages.ts';

/** Walks to the end, or to the failure that a walk may end with; how many bytes passed. */
function walk(makeWalk: () => Walk<never>, pieces: readonly Uint8Array[]): number {
  let passed = 0;
  try {
    const walker = new ByteWalker(makeWalk());
    for (const piece of pieces) passed += walker.push(piece).length;
  } catch (cause) {
    if (!(cause instanceof RfbFailureError)) throw cause;
  }
  return passed;
}

const fromServer = fc.array(serverMessage, { minLength: 1, maxLength: 4 }).map(joinBytes);
const fromViewer = fc
  .array(clientMessage, { minLength: 1, maxLength: 6 })
  .map((messages) => joinBytes(messages.map(writeClientMessage)));

/** What a VNC server says: nothing passes that did not come, and only a known failure ends it. */
export const rfbServer = fc.property(spoiltBytes(fromServer), cuts, (stream, places) => {
  const options = {
    limits: RFB_LIMITS,
    format: () => PIXEL_FORMAT_32,
    onEvent: () => undefined,
    acceptsClipboard: () => true,
    onBorder: () => undefined,
  };
  const whole = walk(() => serverWalk(options), [stream]);
  expect(whole).toBeLessThanOrEqual(stream.length);
  expect(walk(() => serverWalk(options), cutUp(stream, places))).toBeGreaterThanOrEqual(whole);
});

/** What a viewer says. */
export const rfbViewer = fc.property(spoiltBytes(fromViewer), cuts, (stream, places) => {
  const read = (pieces: readonly Uint8Array[]): unknown[] => {
    const messages: unknown[] = [];
    walk(() => clientWalk((message) => messages.push(message), RFB_LIMITS), pieces);
    return messages;
  };
  expect(read(cutUp(stream, places))).toEqual(read([stream]));
});
