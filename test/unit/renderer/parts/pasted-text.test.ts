import { describe, expect, it } from 'vitest';
import { readPasted } from '../../../../renderer/parts/terminal/pasted-text.ts';

describe('a pasted text', () => {
  it('cannot end the brackets that a shell puts around it, or press keys', () => {
    const bad = 'echo a\u001b[201~\u0003\u009b201~\tb\u007f';
    expect(readPasted(bad).text).toBe('echo a[201~201~\tb');
  });

  it.each([
    ['uptime', 1, false],
    ['uptime\n', 1, true],
    ['uptime\r\nwho\r\n\r\n', 2, true],
    ['a\rb\nc', 3, true],
    ['', 1, false],
  ])('says of %j that it is %i line(s), and whether any is ended', (text, lines, enters) => {
    expect(readPasted(text)).toMatchObject({ lines, enters });
  });
});
