import { Duplex } from 'node:stream';
import { describe, expect, it } from 'vitest';
import {
  type TerminalEnd,
  type TerminalPeer,
  TerminalStream,
} from '../../../../../main/streams/terminals/terminal-stream.ts';

const MIB = 1024 * 1024;
const UNREAD = 'unread';

/** A terminal whose other side takes what is typed, or nothing. */
async function opened({ isRead }: { readonly isRead: boolean }) {
  const typed: number[] = [];
  const duplex = new Duplex({
    read: () => undefined,
    write: (chunk: Buffer, _encoding, done) => {
      typed.push(chunk.length);
      if (isRead) done();
    },
  });
  const ends: TerminalEnd<string>[] = [];
  const seen = { isClosed: false, isPortClosed: false };
  const peer: TerminalPeer<string> = {
    duplex,
    ended: new Promise(() => undefined),
    unsentBytes: () => duplex.writableLength,
    unread: UNREAD,
    resize: () => undefined,
    close: () => (seen.isClosed = true),
  };
  const port = { postMessage: () => undefined, close: () => (seen.isPortClosed = true) };
  let begun = (): void => undefined;
  const open = new Promise<void>((resolve) => (begun = resolve));
  const events = { opened: begun, ended: (end: TerminalEnd<string>) => void ends.push(end) };
  const stream = new TerminalStream<string>({ columns: 80, rows: 24 }, port, events);
  void stream.open({ connect: async () => peer, failureOf: () => undefined });
  await open;
  const paste = (times: number): void => {
    for (let count = 0; count < times; count += 1) stream.takeFromPage(new Uint8Array(MIB));
  };
  return { duplex, ends, seen, typed, paste };
}

describe('a terminal whose other side reads nothing', () => {
  it('is left when more than 4 MiB wait, and says so', async () => {
    const { duplex, ends, seen, paste } = await opened({ isRead: false });
    paste(4);
    expect(ends).toEqual([]);
    paste(1);
    expect(ends).toEqual([{ failure: UNREAD }]);
    expect(seen).toEqual({ isClosed: true, isPortClosed: true });
    paste(95);
    expect([duplex.writableLength, ends.length]).toEqual([5 * MIB, 1]);
  });

  it('is no terminal that takes it all, however much that is', async () => {
    const { ends, typed, paste } = await opened({ isRead: true });
    paste(100);
    expect([typed.length, ends.length]).toEqual([100, 0]);
  });
});
