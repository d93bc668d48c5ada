import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import {
  FrameSplitter,
  MAX_FRAME_BYTES,
  writeFrame,
  type Frame,
} from '../../../../../agent/hypervisor/libvirt/frame.ts';

const frames: fc.Arbitrary<Frame> = fc.record({
  program: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  procedure: fc.nat({ max: 500 }),
  type: fc.nat({ max: 6 }),
  serial: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  status: fc.nat({ max: 2 }),
  payload: fc.uint8Array({ maxLength: 60 }),
});

const plain = (frame: Frame): Frame => ({ ...frame, payload: Uint8Array.from(frame.payload) });

describe('FrameSplitter', () => {
  it('finds the same packets however they are split and merged', () => {
    fc.assert(
      fc.property(
        fc.array(frames, { maxLength: 6 }),
        fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 20 }),
        (all, cuts) => {
          const bytes = Buffer.concat(all.map(writeFrame));
          const splitter = new FrameSplitter();
          const found: Frame[] = [];
          for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
            const size = cuts[turn % cuts.length]!;
            const pushed = splitter.push(bytes.subarray(at, at + size));
            if (!pushed.ok) throw new Error(pushed.error);
            found.push(...pushed.value.map(plain));
            at += size;
          }
          expect(found).toEqual(all);
        },
      ),
    );
  });

  it.each([0, 4, 27, MAX_FRAME_BYTES + 1, 2 ** 32 - 1])('refuses a length of %i', (length) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(length);
    expect(new FrameSplitter().push(bytes)).toEqual({
      ok: false,
      error: `A packet of ${length} bytes is not libvirt's`,
    });
  });

  it('waits for the largest packet that libvirt sends', () => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(MAX_FRAME_BYTES);
    expect(new FrameSplitter().push(bytes)).toEqual({ ok: true, value: [] });
  });

  it('refuses another version of the protocol', () => {
    const bytes = Buffer.from(writeFrame({ ...EMPTY, serial: 1 }));
    bytes.writeUInt32BE(2, 8);
    expect(new FrameSplitter().push(bytes)).toEqual({
      ok: false,
      error: 'Version 2 of the protocol is unknown',
    });
  });

  it('never throws on any bytes', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 50 }), { maxLength: 5 }), (chunks) => {
        const splitter = new FrameSplitter();
        for (const chunk of chunks) expect(typeof splitter.push(chunk).ok).toEqual('boolean');
      }),
    );
  });

  it('puts a large packet together without copying it for each piece', () => {
    const payload = new Uint8Array(256 << 10);
    const bytes = writeFrame({ ...EMPTY, payload });
    const splitter = new FrameSplitter();
    const joined = vi.spyOn(Buffer, 'concat');
    let found = 0;
    for (let at = 0; at < bytes.length; at += 1024) {
      const pushed = splitter.push(bytes.subarray(at, at + 1024));
      found += pushed.ok ? pushed.value.length : 0;
    }
    expect(found).toEqual(1);
    // Joined for each piece it would be 257 times.
    expect(joined).toHaveBeenCalledTimes(1);
  });
});

const EMPTY: Frame = {
  program: 0x2000_8086,
  procedure: 1,
  type: 0,
  serial: 0,
  status: 0,
  payload: new Uint8Array(0),
};
