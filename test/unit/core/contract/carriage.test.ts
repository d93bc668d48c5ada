import { expect, it } from 'vitest';
import { openBridge, replyToCarry, toCarry } from '../../../../core/contract/carriage.ts';
import { contract, type BridgedApi } from '../../../../core/contract/contract.ts';
import { groupsOf, membersOf, type Member } from '../../../../core/contract/define.ts';

const { inventory, settings } = contract;
const DELTA = { revision: 2, changed: [], removed: [] };
const SNAPSHOT = { revision: 1, entities: [], requests: [] };

/** A preload of which main answers every call, and tells at once every event, with the same. */
function bridge(payload: unknown): BridgedApi {
  const groups = groupsOf(membersOf(contract), ({ member }) => {
    if (member.kind === 'call') {
      return async () => replyToCarry(member, { ok: true, value: payload });
    }
    return (listener: (told: unknown) => void) => {
      listener(toCarry(member, payload));
      return () => undefined;
    };
  });
  return groups as unknown as BridgedApi;
}

it('carries what is large as a text, which the page reads', async () => {
  const raw = await bridge(SNAPSHOT).inventory.snapshot();
  const read = await openBridge(bridge(SNAPSHOT)).inventory.snapshot();
  expect([raw, read]).toEqual([
    { ok: true, value: JSON.stringify(SNAPSHOT) },
    { ok: true, value: SNAPSHOT },
  ]);
});

it('tells a page what it hears as a text', () => {
  const heard: unknown[] = [];
  openBridge(bridge(DELTA)).inventory.changed((delta) => heard.push(delta));
  expect(heard).toEqual([DELTA]);
});

it('carries everything else as it is', async () => {
  const value = { theme: 'dark' };
  expect(await openBridge(bridge(value)).settings.get()).toEqual({ ok: true, value });
  expect(toCarry(settings.get, value)).toBe(value);
});

it('carries a failure as it is', async () => {
  const failed = { ok: false, error: { code: 'cancelled' } } as const;
  expect(replyToCarry(inventory.snapshot, failed)).toBe(failed);
});

it('writes what several windows are told only once', () => {
  let written = 0;
  const counted = { toJSON: () => (written += 1) };
  const member: Member = inventory.changed;
  expect([toCarry(member, counted), toCarry(member, counted), written]).toEqual(['1', '1', 1]);
});
