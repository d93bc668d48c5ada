import { describe, expect, it } from 'vitest';
import { rateFor } from '../../../../renderer/features/console/console-rate.ts';

describe('the rate of a console', () => {
  it('is none where nobody sees it, full where it is looked at, and slow beside another', () => {
    const uses = ['alone', 'focused', 'beside'] as const;
    expect(uses.map((use) => rateFor(true, use))).toEqual(['full', 'full', 'slow']);
    expect(uses.map((use) => rateFor(false, use))).toEqual(['none', 'none', 'none']);
  });
});
