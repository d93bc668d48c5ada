import { expect, it } from 'vitest';
import { compileText } from '../../../../core/keyboard/compile-text.ts';
import { previewOf } from '../../../../core/keyboard/text-preview.ts';

function preview(text: string) {
  return previewOf(text, compileText(text, { layout: 'us' }).untypable).map(
    ({ text: part, isTypable }) => (isTypable ? part : `[${part}]`),
  );
}

it('marks what cannot be typed, neighbours together', () => {
  expect(preview('aé€b\nж')).toEqual(['a', '[é€]', 'b\n', '[ж]']);
  expect(preview('plain')).toEqual(['plain']);
  expect(preview('')).toEqual([]);
});

it('keeps all that is shown, of a long text its beginning', () => {
  expect(preview('é').join('')).toBe('[é]');
  expect(preview('aж'.repeat(4_000)).join('').replaceAll(/[[\]]/gu, '')).toBe('aж'.repeat(2_500));
});
