import { describe, expect, it } from 'vitest';
import { domainStateNumber, domainStateOf } from '../../../../core/domain/domain-state.ts';

describe('a domain state', () => {
  it('has the number libvirt gives it', () => {
    expect([1, 3, 5, 6].map(domainStateOf)).toEqual(['running', 'paused', 'off', 'crashed']);
    expect(domainStateNumber('off')).toBe(5);
  });

  it('is not known for other numbers', () => {
    expect([-1, 8, 1.5].map(domainStateOf)).toEqual([undefined, undefined, undefined]);
  });
});
