import { expect, it } from 'vitest';
import type { LogRequest } from '../../../../core/logs/log-port.ts';
import { LogSession } from '../../../../renderer/features/logs/log-session.svelte.ts';
import type { LogListener, LogStore } from '../../../../renderer/state/log-store.ts';
import { fakeEntity } from '../../../fakes/fake-entities.ts';

const HYPERVISORS = [fakeEntity('hv1@archipel.test').id];

/** A log whose other end notes what it is asked, and answers nothing by itself. */
function begin() {
  const listeners: LogListener[] = [];
  const store: Pick<LogStore, 'open' | 'close'> = {
    open: (_entities, listener) => `log-${listeners.push(listener)}`,
    close: () => undefined,
  };
  const asked: LogRequest[] = [];
  const port: Pick<MessagePort, 'postMessage' | 'close' | 'onmessage'> = {
    postMessage: (request: LogRequest) => void asked.push(request),
    close: () => undefined,
    onmessage: null,
  };
  // Nothing else of the two is used.
  const session = new LogSession(store as LogStore);
  return { session, asked, connect: () => listeners.at(-1)?.connected(port as MessagePort) };
}

it('answers what was asked of a log that is closed with nothing, and what is asked of none', async () => {
  const { session, asked, connect } = begin();
  const early = session.placeOf(1);
  const close = session.open(HYPERVISORS);
  connect();
  const late = [session.placeOf(7), session.lines(0, 3), session.seek(5)] as const;
  close();
  expect([await early, ...(await Promise.all(late))]).toEqual([-1, -1, [], undefined]);
  expect(asked.map(({ kind }) => kind)).toEqual([
    ...['filter', 'patterns'],
    ...['seek-line', 'rows', 'seek-time'],
  ]);
});

it('looks through all lines where none is chosen', () => {
  const { session, asked, connect } = begin();
  session.open(HYPERVISORS);
  connect();
  void session.find(['oom'], undefined, 1);
  void session.find(['oom'], 3, -1);
  const finds = asked.flatMap((one) => (one.kind === 'find' ? [[one.from, one.step]] : []));
  expect(finds).toEqual([
    [undefined, 1],
    [3, -1],
  ]);
});

it('counts how often logs were opened', () => {
  const { session } = begin();
  const before = session.opening;
  session.open(HYPERVISORS)();
  session.open(HYPERVISORS);
  expect(session.opening - before).toBe(2);
});
