import fc from 'fast-check';
import { expect } from 'vitest';
import { LogLineReader, parseLogLine } from '../../../core/logs/log-line.ts';
import { LineSplitter } from '../../../node/ssh/line-splitter.ts';
import { spoiltBytes, spoiltText } from '../../support/hostile-arbitraries.ts';
import { cuts, cutUp } from '../../unit/core/rfb/arbitrary-messages.ts';

const LINES = [
  '2013-05-06 10:11:12,345 INFO     archipelVirtualMachine.py:123 HYPERVISOR: started',
  '[2013-05-06 10:11:12] ERROR    ::vm.py:12::0a1b2c3d-0000-4000-8000-000000000001@a.test::MIGRATION: no',
  'Traceback (most recent call last):',
  '  File "vm.py", line 3, in run',
  '2026-11-23T03:04:05.678Z WARNING atoll-01@archipel.test VMPARKING cannot be read',
  '',
];
const PIECES = [
  ...['::', ':', ' ', '-', '[', ']', ',', '.', '@', '\t', '\r', '\u0000', '\u2028', 'é', '\ud800'],
  ...['ERROR', 'warn', '9', '99999999999999999999', '2013-02-31 25:61:61', 'T', 'Z', '+99:99'],
];
const LONGEST = 4096;

const line = spoiltText(fc.constantFrom(...LINES), PIECES);

/** Lines of a log: each is kept whole, whatever was understood of it. */
export const logLines = fc.property(fc.array(line, { maxLength: 5 }), (lines) => {
  const reader = new LogLineReader();
  for (const raw of lines) {
    const { timeMs } = parseLogLine(raw);
    if (timeMs !== undefined) expect(timeMs).not.toBeNaN();
    reader.read(raw);
  }
});

/** Bytes of a file: the same lines wherever they are cut, none longer than may be. */
export const logBytes = fc.property(
  spoiltBytes(fc.array(line, { maxLength: 5 }).map((all) => Buffer.from(all.join('\n')))),
  cuts,
  (bytes, places) => {
    const split = (pieces: readonly Uint8Array[]): readonly string[] => {
      const splitter = new LineSplitter(LONGEST);
      const found = pieces.flatMap((piece) => splitter.push(Buffer.from(piece)));
      return [...found, ...splitter.flush()];
    };
    const lines = split([bytes]);
    expect(split(cutUp(bytes, places))).toEqual(lines);
    // A byte that is no UTF-8 is shown as four characters.
    for (const one of lines) expect(one.length).toBeLessThanOrEqual(4 * LONGEST);
  },
);
