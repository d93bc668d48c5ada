import { describe, expect, it } from 'vitest';
import type { ConsoleState } from '../../../../core/contract/consoles.ts';
import { ok } from '../../../../core/lib/result.ts';
import { ConsoleWays } from '../../../../client/consoles/console-ways.ts';
import { ConsoleDesk } from '../../../../main/consoles/console-desk.ts';
import { bare, fakeEntity } from '../../../fakes/fake-entities.ts';
import { FakeStreams } from '../../../fakes/fake-streams.ts';

const machine = fakeEntity('web-01@archipel.test');
const fakeStorage = { load: async () => ok(undefined), save: async () => ok(undefined) };
const caller = { windowId: 7 };
const way = { kind: 'websocket', host: '127.0.0.1', port: 6900, isTls: false } as const;

function desk() {
  const streams = new FakeStreams();
  const states: ConsoleState[] = [];
  let answer: () => void = () => undefined;
  const answered = new Promise<void>((resolve) => (answer = resolve));
  const made = new ConsoleDesk({
    client: { entity: (id) => (id === machine.id ? machine : undefined) },
    access: {
      plan: async () => {
        await answered;
        return ok({ ways: [way], credentials: {} });
      },
      keepPassword: async () => ok(undefined),
    },
    streams,
    failed: () => undefined,
    hostOf: async () => undefined,
    ways: new ConsoleWays(fakeStorage),
    pictures: { save: async () => ok(undefined), copy: async () => ok(undefined) },
    window: () => ({
      state: (_key, state) => states.push(state),
      traffic: () => undefined,
      hand: () => undefined,
    }),
  });
  return { made, handlers: made.handlers, streams, states, answer };
}

describe('the consoles of windows', () => {
  it('are drawn at the rate that was asked for before they were open', async () => {
    const { handlers, streams, answer } = desk();
    const open = handlers.open({ key: 'c1', entity: machine.id }, caller);
    await handlers.setRate({ key: 'c1', rate: 'none' }, caller);
    expect(streams.told).toEqual([]);
    answer();
    await open;
    await handlers.setRate({ key: 'c1', rate: 'slow' }, caller);
    expect(streams.told).toEqual([
      [1, { kind: 'set-rate', rate: 'none' }],
      [1, { kind: 'set-rate', rate: 'slow' }],
    ]);
  });

  it('take keys once their server has let them in, and until they end', async () => {
    const { made, handlers, streams, answer } = desk();
    const strokes = [{ isDown: true, keysym: 0x71 }];
    const press = () => made.press(caller.windowId, machine.id, strokes);
    answer();
    await handlers.open({ key: 'c1', entity: machine.id }, caller);
    const taken = [press()];
    streams.listeners[0]?.opened({
      kind: 'console-open',
      id: 1,
      way: 0,
      security: 'None',
      title: '',
    });
    taken.push(press());
    streams.listeners[0]?.ended({ code: 'closed' });
    taken.push(press());
    expect(taken).toEqual([false, true, false]);
    expect(streams.told).toEqual([[1, { kind: 'press', strokes }]]);
  });

  it('let go of all keys when this computer goes to sleep', async () => {
    const { made, handlers, streams, answer } = desk();
    const open = handlers.open({ key: 'c1', entity: machine.id }, caller);
    made.suspended();
    expect(streams.told).toEqual([]);
    answer();
    await open;
    made.suspended();
    expect(streams.told).toEqual([[1, { kind: 'release-keys' }]]);
  });

  it('end with the account through which their machines are known, and no others', async () => {
    const { made, handlers, streams, states, answer } = desk();
    answer();
    await handlers.open({ key: 'c1', entity: machine.id }, caller);
    made.leaveAccount(bare('ada@archipel.test'));
    expect(streams.told).toEqual([]);
    made.leaveAccount(machine.account);
    expect(streams.told).toEqual([[1, { kind: 'close' }]]);
    const error = { code: 'not-found', what: machine.id };
    expect(states.at(-1)).toEqual({ name: 'ended', error });
  });

  it('are not opened for an account that was removed while its agent was asked', async () => {
    const { made, handlers, streams, answer } = desk();
    const open = handlers.open({ key: 'c1', entity: machine.id }, caller);
    made.leaveAccount(machine.account);
    answer();
    await open;
    expect(streams.listeners).toEqual([]);
  });
});
