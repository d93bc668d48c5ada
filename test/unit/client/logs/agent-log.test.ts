import { describe, expect, it } from 'vitest';
import { AgentLog, type AgentLogPushed } from '../../../../client/logs/agent-log.ts';
import type { AppError } from '../../../../core/contract/app-error.ts';
import { err, ok } from '../../../../core/lib/result.ts';
import { ManualTime } from '../../../support/manual-time.ts';

const OFFLINE: AppError = { code: 'offline', entity: 'hv1' };

/** An agent whose log grows by the test's hand. */
function agent(isPushing = false) {
  const clock = new ManualTime();
  const log: string[] = [];
  const told: string[] = [];
  const asked: number[] = [];
  const state = { isWatched: true, error: undefined as AppError | undefined };
  const push: { agent?: AgentLogPushed; isLeft: boolean } = { isLeft: false };
  const followed = new AgentLog({
    follow: (pushed) => {
      push.agent = pushed;
      if (!isPushing) pushed.ended();
      return () => (push.isLeft = true);
    },
    ask: async (limit) => {
      asked.push(limit);
      return state.error ? err(state.error) : ok(log.slice(-limit));
    },
    isWatched: () => state.isWatched,
    periodMs: 5000,
    clock,
    listener: {
      lines: (lines, isGap) => void told.push(...(isGap ? ['…'] : []), ...lines),
      asked: () => undefined,
      answered: () => undefined,
      failed: ({ code }, retryInMs) => void told.push(`${code} ${retryInMs}`),
    },
  });
  const pass = (ms: number): Promise<void> => clock.pass(ms);
  return { clock, log, told, asked, state, followed, pass, push };
}

const numbered = (from: number, count: number) =>
  Array.from({ length: count }, (_, at) => `line ${from + at}`);

describe('the log that an agent tells', () => {
  it('is told once, line by line, as it grows', async () => {
    const { log, told, asked, followed, pass } = agent();
    log.push('a', 'b', 'b');
    followed.start();
    await pass(0);
    log.push('b', 'c');
    await pass(5000);
    await pass(5000);
    expect(told).toEqual(['a', 'b', 'b', 'b', 'c']);
    expect(asked).toEqual([1000, 50, 50]);
  });

  it('is asked for whole when more came than a few lines', async () => {
    const { log, told, asked, followed, pass } = agent();
    log.push(...numbered(0, 10));
    followed.start();
    await pass(0);
    log.push(...numbered(10, 200));
    await pass(5000);
    expect(told).toEqual(numbered(0, 210));
    expect(asked).toEqual([1000, 50, 1000]);
  });

  it('says where lines may be missing', async () => {
    const { log, told, followed, pass } = agent();
    log.push('a');
    followed.start();
    await pass(0);
    log.push(...numbered(0, 1500));
    await pass(5000);
    expect(told.slice(0, 3)).toEqual(['a', '…', 'line 500']);
  });

  it('is not asked for while nobody looks', async () => {
    const { log, asked, state, followed, pass } = agent();
    log.push('a');
    followed.start();
    await pass(0);
    state.isWatched = false;
    await pass(20_000);
    expect(asked).toHaveLength(1);
    state.isWatched = true;
    await pass(5000);
    expect(asked).toHaveLength(2);
  });

  it('is asked for again after a failure, and no more once it was stopped', async () => {
    const { log, told, asked, state, followed, pass } = agent();
    state.error = OFFLINE;
    followed.start();
    await pass(0);
    state.error = undefined;
    log.push('a');
    await pass(15_000);
    followed.stop();
    await pass(60_000);
    expect(told).toEqual(['offline 15000', 'a']);
    expect(asked).toEqual([1000, 1000]);
  });
});

describe('the log that an agent pushes', () => {
  const said = (...lines: readonly string[]) => ({ lines, missed: false });

  it('is asked for once, and then comes by itself', async () => {
    const { log, told, asked, followed, pass, push } = agent(true);
    log.push('a', 'b');
    followed.start();
    await pass(0);
    expect(asked).toEqual([]);
    push.agent?.began();
    await pass(0);
    push.agent?.lines(said('c', 'c'));
    push.agent?.lines(said('c'));
    await pass(600_000);
    expect(told).toEqual(['a', 'b', 'c', 'c', 'c']);
    expect(asked).toEqual([1000]);
  });

  it('has no line twice that came while those before were asked for', async () => {
    const { log, told, followed, pass, push } = agent(true);
    followed.start();
    log.push('a', 'b', 'c');
    push.agent?.began();
    push.agent?.lines(said('b', 'c'));
    push.agent?.lines(said('d'));
    await pass(0);
    expect(told).toEqual(['a', 'b', 'c', 'd']);
  });

  it('says where lines are missing', async () => {
    const { told, followed, pass, push } = agent(true);
    followed.start();
    push.agent?.began();
    await pass(0);
    push.agent?.lines(said('a'));
    push.agent?.lines({ lines: ['z'], missed: true });
    expect(told).toEqual(['a', '…', 'z']);
  });

  it('is asked for again and again when the agent pushes no more, and bridged when it does again', async () => {
    const { log, told, asked, followed, pass, push } = agent(true);
    followed.start();
    push.agent?.began();
    await pass(0);
    push.agent?.lines(said('a'));
    log.push('a', 'b');
    push.agent?.ended();
    await pass(0);
    log.push('c');
    await pass(5000);
    log.push('d');
    push.agent?.began();
    await pass(60_000);
    expect(told).toEqual(['a', 'b', 'c', 'd']);
    expect(asked).toEqual([1000, 50, 50, 50]);
  });

  it('is left when nobody looks any more', async () => {
    const { told, followed, pass, push } = agent(true);
    followed.start();
    push.agent?.began();
    await pass(0);
    followed.stop();
    push.agent?.lines(said('a'));
    expect([told, push.isLeft]).toEqual([[], true]);
  });
});
