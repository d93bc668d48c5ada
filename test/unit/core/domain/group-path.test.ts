import { describe, expect, it } from 'vitest';
import {
  groupIn,
  groupLabel,
  isWithinGroup,
  parentGroup,
  withGroupMoved,
} from '../../../../core/domain/group-path.ts';

describe('the name of a roster group', () => {
  it('tells what holds it and what it is called there', () => {
    expect(
      ['Fleet', 'Fleet::Paris', 'A::B::C'].map((one) => [parentGroup(one), groupLabel(one)]),
    ).toEqual([
      [undefined, 'Fleet'],
      ['Fleet', 'Paris'],
      ['A::B', 'C'],
    ]);
  });

  it('is made of what was typed, without what nobody meant', () => {
    expect([
      groupIn(undefined, ' Lyon '),
      groupIn('Fleet', 'Lyon :: Rack 1'),
      groupIn('Fleet', ' :: '),
    ]).toEqual(['Lyon', 'Fleet::Lyon::Rack 1', '']);
  });

  it('is within itself and within what it is nested in, and not within what only begins alike', () => {
    expect(['Fleet', 'Fleet::Paris', 'Fleet 2'].map((one) => isWithinGroup(one, 'Fleet'))).toEqual([
      true,
      true,
      false,
    ]);
  });
});

describe('a group that moves', () => {
  const groups = ['Fleet::Paris', 'Fleet::Paris::Rack', 'Mine', 'Fleet'];

  it('takes along what is nested in it', () => {
    expect(withGroupMoved(groups, 'Fleet::Paris', 'Sites')).toEqual([
      'Sites',
      'Sites::Rack',
      'Mine',
      'Fleet',
    ]);
  });

  it('becomes one with a group that is there already', () => {
    expect(withGroupMoved(groups, 'Fleet::Paris', 'Fleet')).toEqual([
      'Fleet',
      'Fleet::Rack',
      'Mine',
    ]);
  });

  it('leaves what was nested in it at the top when nothing takes its place', () => {
    expect(withGroupMoved(groups, 'Fleet', undefined)).toEqual(['Paris', 'Paris::Rack', 'Mine']);
  });
});
