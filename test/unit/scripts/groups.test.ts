import { describe, expect, it } from 'vitest';
import { needs } from '../../../scripts/lib/needs.mjs';
import { chooseGroups, groups, inTurns } from '../../../scripts/test/groups.mjs';

const chosen = (
  ...words: readonly string[]
): { names: readonly string[]; unknown: readonly string[] } => {
  const { chosen: some, unknown } = chooseGroups(words);
  return { names: some.map(({ name }) => name), unknown };
};

describe('the groups of tests', () => {
  it('are all run when none is named', () => {
    expect(chosen()).toEqual({
      names: ['check', 'unit', 'contract', 'integration', 'e2e', 'fuzz', 'chaos', 'packaging'],
      unknown: [],
    });
  });

  it('need nothing but npm when they are the quick ones', () => {
    const { chosen: quick } = chooseGroups(['quick']);
    expect(
      quick.map(({ name, requires, wants, needsApp }) => ({ name, requires, wants, needsApp })),
    ).toEqual([
      { name: 'check', requires: [], wants: [], needsApp: false },
      { name: 'unit', requires: [], wants: [], needsApp: false },
    ]);
  });

  it('run in their own order, whatever the order of the words', () => {
    expect(chosen('e2e', 'unit')).toEqual({ names: ['unit', 'e2e'], unknown: [] });
  });

  it('run one after the other, but for those that share the machine', () => {
    const turns = inTurns(chooseGroups(['unit', 'e2e', 'fuzz', 'chaos', 'packaging']).chosen);
    expect(turns.map((turn) => turn.map(({ name }) => name))).toEqual([
      ['unit'],
      ['e2e'],
      ['fuzz', 'chaos', 'packaging'],
    ]);
  });

  it('name a word that is none of them', () => {
    expect(chosen('unit', 'units')).toEqual({ names: ['unit'], unknown: ['units'] });
  });

  it('ask only for purposes whose needs are known', () => {
    const purposes = groups.flatMap(({ requires, wants }) => [...requires, ...wants]);
    expect(purposes.filter((purpose) => needs[purpose] === undefined)).toEqual([]);
  });
});
