import { expect, it } from 'vitest';
import { leaveFreed } from '../../../../client/journal/leave-freed.ts';
import { vmControl } from '../../../../core/protocol/vm-control.ts';
import { ACCOUNT, jid } from '../application-fixture.ts';

const MACHINE = jid('0b5d1d0e-6f3a-4c55-9d0f-1b8f5a2e7c41@example.org');

it('takes a machine out of the roster that was deleted, and none that was stopped', () => {
  const removed: string[] = [];
  const contacts = {
    leave: async (gone: string) => {
      removed.push(gone);
    },
  };
  const told = [vmControl.destroy, vmControl.free].map(({ namespace, name: action }) => {
    const order = { id: 'o', account: ACCOUNT, jid: MACHINE, namespace, action, sentAt: 0 };
    leaveFreed({ ...order, input: {}, state: 'done' }, { contacts });
    return removed.length;
  });
  expect([told, removed]).toEqual([[0, 1], [MACHINE]]);
});
