import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Curve } from '../../../../../agent/hypervisor/simulated/curve.ts';
import { seededRandom } from '../../../../../agent/hypervisor/simulated/random.ts';

const moments = fc.double({ min: 0, max: 1e7, noNaN: true });

describe('Curve', () => {
  it('is never negative, and its sum never falls', () => {
    fc.assert(
      fc.property(fc.nat(), moments, moments, (seed, one, other) => {
        const curve = new Curve(seededRandom(seed));
        const [earlier, later] = one < other ? [one, other] : [other, one];
        expect(curve.at(one)).toBeGreaterThan(0);
        expect(curve.until(later) - curve.until(earlier)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('adds up to what it is', () => {
    const curve = new Curve(seededRandom(7));
    let sum = 0;
    for (let at = 0; at < 100; at += 0.01) sum += 0.01 * curve.at(at + 0.005);
    expect(curve.until(100)).toBeCloseTo(sum, 3);
  });

  it('moves smoothly', () => {
    const curve = new Curve(seededRandom(7));
    for (let at = 0; at < 600; at += 1) {
      expect(Math.abs(curve.at(at + 1) - curve.at(at))).toBeLessThan(0.5);
    }
  });
});
