import { expect, it } from 'vitest';
import { RequestQueue, type Job } from '../../../../client/requests/request-queue.ts';
import { settled } from '../../../support/manual-time.ts';

/** Jobs that end when the test says so, in the order in which they were started. */
class Wire {
  readonly started: string[] = [];
  readonly aborted: string[] = [];
  readonly #answers = new Map<string, (outcome: string) => void>();

  job(name: string, given: Partial<Job<string>> = {}): Job<string> {
    return {
      lane: 'one',
      priority: 'visible',
      calledOff: () => 'called off',
      run: (signal) => {
        this.started.push(name);
        signal.addEventListener('abort', () => this.aborted.push(name));
        return new Promise((resolve) => this.#answers.set(name, resolve));
      },
      ...given,
    };
  }

  async answer(name: string, outcome = `answer to ${name}`): Promise<void> {
    this.#answers.get(name)?.(outcome);
    await settled();
  }
}

it('lets identical questions share one request', async () => {
  const [queue, wire] = [new RequestQueue(), new Wire()];
  const both = [queue.add(wire.job('a', { key: 'k' })), queue.add(wire.job('b', { key: 'k' }))];
  await wire.answer('a');
  expect([wire.started, await Promise.all(both)]).toEqual([['a'], ['answer to a', 'answer to a']]);
});

it('never merges jobs without a key', () => {
  const [queue, wire] = [new RequestQueue(), new Wire()];
  void queue.add(wire.job('a'));
  void queue.add(wire.job('b'));
  expect(wire.started).toEqual(['a', 'b']);
});

it('keeps a slow entity from holding up others', async () => {
  const queue = new RequestQueue({ perLane: 1, total: 10 });
  const wire = new Wire();
  for (const name of ['a', 'b']) void queue.add(wire.job(name));
  void queue.add(wire.job('c', { lane: 'two' }));
  expect(wire.started).toEqual(['a', 'c']);
  await wire.answer('a');
  expect(wire.started).toEqual(['a', 'c', 'b']);
});

it('sends what a user does before what is only looked at', async () => {
  const queue = new RequestQueue({ perLane: 1, total: 1 });
  const wire = new Wire();
  for (const name of ['first', 'look']) void queue.add(wire.job(name));
  void queue.add(wire.job('detail', { priority: 'background' }));
  void queue.add(wire.job('order', { priority: 'user' }));
  for (const name of ['first', 'order', 'look']) await wire.answer(name);
  expect(wire.started).toEqual(['first', 'order', 'look', 'detail']);
});

it('replaces an older question that still waits by the newer one of the same slot', async () => {
  const queue = new RequestQueue({ perLane: 1, total: 1 });
  const wire = new Wire();
  void queue.add(wire.job('busy'));
  const older = queue.add(wire.job('page 1', { slot: 'pages' }));
  const newer = queue.add(wire.job('page 2', { slot: 'pages' }));
  await wire.answer('busy');
  await wire.answer('page 2');
  expect([wire.started, await older, await newer]).toEqual([
    ['busy', 'page 2'],
    'called off',
    'answer to page 2',
  ]);
});

it('does not send what is called off while it waits', async () => {
  const queue = new RequestQueue({ perLane: 1, total: 1 });
  const wire = new Wire();
  const abort = new AbortController();
  void queue.add(wire.job('busy'));
  const waiting = queue.add(wire.job('waiting', { signal: abort.signal }));
  abort.abort();
  await wire.answer('busy');
  expect([wire.started, await waiting, queue.size]).toEqual([['busy'], 'called off', 0]);
});

it('goes on with a shared request until the last who wants it leaves', () => {
  const [queue, wire] = [new RequestQueue(), new Wire()];
  const [one, other] = [new AbortController(), new AbortController()];
  void queue.add(wire.job('a', { key: 'k', signal: one.signal }));
  void queue.add(wire.job('a', { key: 'k', signal: other.signal }));
  one.abort();
  expect(wire.aborted).toEqual([]);
  other.abort();
  expect(wire.aborted).toEqual(['a']);
});

it('hands a bug on to whoever waits and goes on', async () => {
  const queue = new RequestQueue({ perLane: 1, total: 1 });
  const wire = new Wire();
  const broken = queue.add(wire.job('bug', { run: () => Promise.reject(new Error('a bug')) }));
  await expect(broken).rejects.toThrow('a bug');
  void queue.add(wire.job('next'));
  expect(wire.started).toEqual(['next']);
});
