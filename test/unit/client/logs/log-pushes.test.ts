import { describe, expect, it } from 'vitest';
import { LogPushes, type LogPushListener } from '../../../../client/logs/log-pushes.ts';
import type { AppError } from '../../../../core/contract/app-error.ts';
import type { Entity } from '../../../../core/domain/entity.ts';
import { err, ok } from '../../../../core/lib/result.ts';
import { fakeEntity } from '../../../fakes/fake-entities.ts';
import { ManualTime } from '../../../support/manual-time.ts';

const atoll = fakeEntity('atoll@archipel.test', {
  ...{ kind: 'hypervisor', name: 'atoll', resource: 'atoll' },
  agent: { generation: 'ours', features: ['archipel:log'] },
});
const old = fakeEntity('old@archipel.test', {
  ...{ kind: 'hypervisor', name: 'old', resource: 'old' },
  agent: { generation: 'original', features: [] },
});
const REFUSED: AppError = { code: 'offline', entity: 'atoll' };

/** Pushes of agents that the test answers for. */
function pushes() {
  const clock = new ManualTime();
  const asked: string[] = [];
  const entities = new Map<string, Entity>([atoll, old].map((one) => [one.id, one]));
  const agent = { error: undefined as AppError | undefined, isOnline: true };
  const made = new LogPushes({
    clock,
    find: (id) => entities.get(id),
    link: () =>
      agent.isOnline
        ? {
            ask: async ({ name }) => {
              asked.push(name);
              return agent.error ? err(agent.error) : ok({ leaseSeconds: 120 } as never);
            },
          }
        : undefined,
  });
  const watched = { isSeen: true };
  const listening = (): LogPushListener & { readonly heard: string[] } => {
    const heard: string[] = [];
    return {
      heard,
      began: () => void heard.push('began'),
      ended: () => void heard.push('ended'),
      lines: ({ lines }) => void heard.push(...lines),
      isWatched: () => watched.isSeen,
    };
  };
  return { clock, made, asked, agent, watched, listening };
}

const told = (...lines: readonly string[]) => ({ lines, missed: false });

describe('what agents push of their logs', () => {
  it('is asked for once, for all who look, and given back by the last', async () => {
    const { clock, made, asked, listening } = pushes();
    const [one, other] = [listening(), listening()];
    const stops = [made.follow(atoll.id, one), made.follow(atoll.id, other)];
    await clock.pass(0);
    made.received(atoll.account, atoll.jid, told('a'));
    stops[0]?.();
    made.received(atoll.account, atoll.jid, told('b'));
    stops[1]?.();
    made.received(atoll.account, atoll.jid, told('c'));
    expect([one.heard, other.heard]).toEqual([
      ['began', 'a'],
      ['began', 'a', 'b'],
    ]);
    expect(asked).toEqual(['subscribe', 'unsubscribe']);
  });

  it('is not asked of an agent that does not offer it', () => {
    const { made, asked, listening } = pushes();
    const listener = listening();
    made.follow(old.id, listener);
    expect([listener.heard, asked]).toEqual([['ended'], []]);
  });

  it('is believed of nobody who was not asked', async () => {
    const { clock, made, listening } = pushes();
    const listener = listening();
    made.follow(atoll.id, listener);
    made.received(atoll.account, atoll.jid, told('too early'));
    await clock.pass(0);
    made.received(atoll.account, old.jid, told('of a stranger'));
    expect(listener.heard).toEqual(['began']);
  });

  it('is renewed while somebody looks, and begun anew by who looks again', async () => {
    const { clock, made, asked, watched, listening } = pushes();
    const listener = listening();
    made.follow(atoll.id, listener);
    await clock.pass(0);
    await clock.pass(90_000);
    expect([asked.length, listener.heard]).toEqual([2, ['began']]);
    watched.isSeen = false;
    await clock.pass(600_000);
    expect(asked).toHaveLength(2);
    watched.isSeen = true;
    await clock.pass(5000);
    expect([asked.length, listener.heard]).toEqual([3, ['began', 'began']]);
  });

  it('ends with the connection, and begins with the agent', async () => {
    const { clock, made, asked, listening } = pushes();
    const listener = listening();
    made.follow(atoll.id, listener);
    await clock.pass(0);
    made.accountOffline(atoll.account);
    made.entityChanged(atoll.account, atoll.jid, true);
    await clock.pass(0);
    expect([asked, listener.heard]).toEqual([
      ['subscribe', 'subscribe'],
      ['began', 'ended', 'began'],
    ]);
  });

  it('says at once that an agent refuses, to who comes later too', async () => {
    const { clock, made, agent, asked, listening } = pushes();
    agent.error = REFUSED;
    const [one, other] = [listening(), listening()];
    made.follow(atoll.id, one);
    await clock.pass(0);
    made.follow(atoll.id, other);
    expect([one.heard, other.heard, asked]).toEqual([['ended'], ['ended'], ['subscribe']]);
  });
});
