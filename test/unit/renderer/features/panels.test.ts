import { describe, expect, it } from 'vitest';
import {
  managedRows,
  otherRows,
  othersState,
} from '../../../../renderer/features/machines/machine-rows.ts';
import { fakeEntity } from '../../../fakes/fake-entities.ts';

describe('machines of a hypervisor', () => {
  const host = fakeEntity('atoll@archipel.test', { kind: 'hypervisor' });
  const known = fakeEntity('b1@archipel.test', { name: 'zebra' });
  const domains = [
    { jid: `${known.jid}/atoll`, isManaged: true, name: 'old name' },
    { jid: 'c2@archipel.test/atoll', isManaged: true, name: 'apple' },
    { jid: '0d5f@archipel.test', isManaged: false, name: 'legacy' },
    { jid: '1e6a@archipel.test', isManaged: false },
    { jid: 'not a jid', isManaged: true },
  ];

  it('bear the names of the roster where it knows them, and those of the list elsewhere', () => {
    const rows = managedRows(host, domains, (id) => (id === known.id ? known : undefined));
    expect(rows.map(({ name, entity }) => [name, entity?.id])).toEqual([
      ['apple', undefined],
      ['zebra', known.id],
    ]);
  });

  it('are apart from the domains of others, which may have no name', () => {
    expect(otherRows(domains)).toEqual([
      { uuid: '1e6a', name: '' },
      { uuid: '0d5f', name: 'legacy' },
    ]);
  });

  it('are not said to be all while libvirt, which knows them, is away', () => {
    const rows = otherRows(domains);
    const states = (['available', 'libvirt-lost'] as const).map((state) => [
      othersState({ state }, rows),
      othersState({ state }, []),
    ]);
    expect(states).toEqual([
      ['shown', 'none'],
      ['shown', 'unknown'],
    ]);
  });
});
