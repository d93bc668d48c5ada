import { describe, expect, it } from 'vitest';
import { showPaste } from '../../../../renderer/parts/terminal/shown-paste.ts';

describe('what is shown of a pasted text', () => {
  it('is all of it, as it stands', () => {
    const text = 'für i in 1 2; do\n\techo “אב” 🙂\ndone\n';
    expect(showPaste(text)).toEqual({ begin: text, leftOut: 0, end: '', isMarked: false });
  });

  it.each([
    ['characters that turn others around', 'a\u202Eb\u2066c', 'a[U+202E]b[U+2066]c'],
    [
      'characters without a width',
      'r\u200Bm\u00AD \uFEFF-r\u3164',
      'r[U+200B]m[U+00AD] [U+FEFF]-r[U+3164]',
    ],
    ['characters beyond the first plane', 'a\u{E0041}', 'a[U+E0041]'],
    ['what would break a line here alone', 'a\u2028b\u2029c', 'a[U+2028]b[U+2029]c'],
  ])('has %s as codes', (_which, text, begin) => {
    expect(showPaste(text)).toMatchObject({ begin, isMarked: true });
  });

  it('breaks its lines wherever Enter would be pressed', () => {
    expect(showPaste('a\rb\r\nc\n')).toMatchObject({ begin: 'a\nb\nc\n', isMarked: false });
  });

  it('is the begin and the end of a long text, with how much is between them', () => {
    const shown = showPaste(`begin${'x'.repeat(50_000)}\u200Bend`);
    expect(shown.begin).toHaveLength(10_000);
    expect(shown).toMatchObject({ leftOut: 30_009, isMarked: true });
    expect(shown.begin).toMatch(/^beginx+$/u);
    expect(shown.end).toMatch(/^x+\[U\+200B\]end$/u);
  });

  it('cuts no character in two', () => {
    const { begin, leftOut, end } = showPaste(`x${'🙂'.repeat(20_000)}`);
    expect(`${begin}\n${end}`).not.toMatch(/\p{Cs}/u);
    expect(begin.length + leftOut + end.length).toBe(40_001);
  });
});
