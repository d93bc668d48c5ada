import { describe, expect, it } from 'vitest';
import { MOST_SENT_BYTES } from '../../../../core/contract/stream-port.ts';
import { readPasted } from '../../../../renderer/parts/terminal/pasted-text.ts';
import { expectErr, expectOk } from '../../../support/expect-result.ts';

describe('a pasted text', () => {
  it('cannot end the brackets that a shell puts around it, or press keys', () => {
    const bad = 'echo a\u001b[201~\u0003\u009b201~\tb\u007f';
    expect(expectOk(readPasted(bad)).text).toBe('echo a[201~201~\tb');
  });

  it.each([
    ['uptime', 1, false],
    ['uptime\n', 1, true],
    ['uptime\r\nwho\r\n\r\n', 2, true],
    ['a\rb\nc', 3, true],
    ['a\n\r\n\rb', 4, true],
    ['\n\n', 1, true],
    ['', 1, false],
  ])('says of %j that it is %i line(s), and whether any is ended', (text, lines, enters) => {
    expect(expectOk(readPasted(text))).toMatchObject({ lines, enters });
  });

  it('is read once from end to end, also where it is little else than ends of lines', () => {
    const lines = 1_048_576;
    expect(expectOk(readPasted(`${'\n'.repeat(lines - 1)}x`)).lines).toBe(lines);
  });

  it.each([
    ['that is too long as it is', 'x', MOST_SENT_BYTES + 1, MOST_SENT_BYTES + 1],
    ['whose letters are several bytes', 'ä', MOST_SENT_BYTES / 2 + 1, MOST_SENT_BYTES + 2],
  ])('is refused with its bytes where it is one %s', (_which, letter, letters, bytes) => {
    expect(expectErr(readPasted(letter.repeat(letters)))).toBe(bytes);
    expect(expectOk(readPasted(letter.repeat(letters - 1))).lines).toBe(1);
  });
});
