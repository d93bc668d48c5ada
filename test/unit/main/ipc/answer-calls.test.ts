import * as v from 'valibot';
import { expect, it } from 'vitest';
import { contract, type AppHandlers } from '../../../../core/contract/contract.ts';
import { channelOf, membersOf } from '../../../../core/contract/define.ts';
import { ok } from '../../../../core/lib/result.ts';
import { answersOf, type Asker } from '../../../../main/ipc/answer-calls.ts';
import { settled } from '../../../support/manual-time.ts';

const PAGE: Asker = { page: 'main', windowId: 7 };
const CONFIRMATION: Asker = { page: 'confirmation', windowId: 8 };
const STRANGER: Asker = { page: undefined, windowId: 9 };

const calls = membersOf(contract).flatMap(({ group, name, member }) =>
  member.kind === 'call'
    ? [{ group, name, channel: channelOf(group, name), input: member.input }]
    : [],
);
/** The calls that pages make without an input. */
const plain = calls.filter(
  ({ group, input }) => group !== 'confirmation' && v.is(input, undefined),
);

/** All answers of main, whose handlers note what reaches them. */
function served(ready: Promise<void>) {
  const reached: string[] = [];
  const reports: unknown[] = [];
  const handlers: Record<string, Record<string, unknown>> = {};
  for (const { group, name, channel } of calls) {
    const one = async (_input: unknown, { windowId }: { windowId: number }) => {
      reached.push(`${channel} ${windowId}`);
      if (channel === channelOf('settings', 'get')) throw new Error('a bug');
      return ok(undefined);
    };
    handlers[group] = { ...handlers[group], [name]: one };
  }
  const report = (channel: string, cause: unknown): string =>
    `report ${reports.push([channel, cause])}`;
  const answers = answersOf(handlers as unknown as AppHandlers, ready, report);
  const ask = (asker: Asker, channel: string, raw?: unknown) => answers.get(channel)!(asker, raw);
  return { answers, ask, reached, reports };
}

it('waits with all that pages ask until the profile is read', async () => {
  let profileRead = (): void => undefined;
  const ready = new Promise<void>((resolve) => (profileRead = resolve));
  const { ask, reached } = served(ready);
  const asked = plain.map(({ channel }) => ask(PAGE, channel));
  await settled();
  const before = [...reached];
  profileRead();
  await Promise.all(asked);
  expect({ before, after: reached.sort() }).toEqual({
    before: [],
    after: plain.map(({ channel }) => `${channel} 7`).sort(),
  });
});

it('has an answer for every call of the contract', () => {
  expect([...served(Promise.resolve()).answers.keys()]).toEqual(
    calls.map(({ channel }) => channel),
  );
});

it.each([
  ['somebody else', STRANGER, channelOf('accounts', 'list')],
  ['a page that answers its own confirmation', PAGE, channelOf('confirmation', 'answer')],
  ['a confirmation that gives orders', CONFIRMATION, channelOf('accounts', 'list')],
])('refuses %s', async (_what, asker, channel) => {
  const { ask, reached } = served(Promise.resolve());
  await expect(ask(asker, channel)).rejects.toThrow('untrusted sender');
  expect(reached).toEqual([]);
});

it('lets no input through that the contract does not know', async () => {
  const { ask, reached } = served(Promise.resolve());
  expect(await ask(PAGE, channelOf('accounts', 'remove'), { jid: 7 })).toMatchObject({
    ok: false,
    error: { code: 'invalid-input' },
  });
  expect(reached).toEqual([]);
});

it('answers a bug of its own with the number of its report', async () => {
  const { ask, reports } = served(Promise.resolve());
  const channel = channelOf('settings', 'get');
  expect([await ask(PAGE, channel), reports]).toEqual([
    { ok: false, error: { code: 'internal', reportId: 'report 1' } },
    [[channel, new Error('a bug')]],
  ]);
});
