import { describe, expect, it } from 'vitest';
import { PortFlow } from '../../../../main/streams/port-flow.ts';

const MIB = 1_048_576;

function bench() {
  const posted: unknown[] = [];
  const pauses: boolean[] = [];
  const port = { postMessage: (message: unknown) => posted.push(message), close: () => undefined };
  const flow = new PortFlow(port, (isPaused) => pauses.push(isPaused));
  return { flow, posted, pauses };
}

describe('bytes on their way to a page', () => {
  it('stop above 4 MiB and go on below one', () => {
    const { flow, pauses } = bench();
    for (let count = 0; count < 4; count += 1) flow.send(new Uint8Array(MIB));
    expect(pauses).toEqual([]);
    flow.send(new Uint8Array(1));
    expect(pauses).toEqual([true]);
    flow.receive({ taken: 3 * MIB });
    expect(pauses).toEqual([true]);
    flow.receive({ taken: 2 });
    expect(pauses).toEqual([true, false]);
  });

  it('are not let loose by a page that says it took more than it got', () => {
    const { flow, pauses } = bench();
    flow.receive({ taken: 2_000_000_000 });
    for (let count = 0; count < 5; count += 1) flow.send(new Uint8Array(MIB));
    expect(pauses).toEqual([true]);
  });
});

describe('what a page sends', () => {
  it('is bytes or a figure, and nothing else', () => {
    const { flow } = bench();
    const bytes = Uint8Array.of(1, 2);
    expect(flow.receive(bytes)).toBe(bytes);
    for (const other of [{ taken: -1 }, { taken: 1.5 }, 'text', null, new Uint8Array(3 * MIB)]) {
      expect(flow.receive(other)).toBeUndefined();
    }
  });
});
