import { flushSync } from 'svelte';
import { describe, expect, it } from 'vitest';
import type { QueryState } from '../../../../core/contract/queries.ts';
import { vmControl } from '../../../../core/protocol/vm-control.ts';
import { QueryStore } from '../../../../renderer/state/query-store.svelte.ts';
import { drawn } from '../../../fakes/drawn.svelte.ts';
import { fakeApi } from '../../../fakes/fake-api.ts';
import { fakeId } from '../../../fakes/fake-entities.ts';

const vm = fakeId('web@x.test');
const ready: QueryState = { name: 'ready', value: undefined, at: 1 };

function started() {
  const fake = fakeApi();
  const store = new QueryStore(fake.api.queries);
  store.start();
  const members = () => fake.main.calls.map(([member]) => member);
  return { ...fake, store, members };
}

describe('questions that a window keeps open', () => {
  it('asks nothing until something draws the answer', () => {
    const { store, members } = started();
    store.watch(vmControl.info, vm, {});
    expect(members()).toEqual([]);
  });

  it('shares one question between all that draw the same', () => {
    const { store, members } = started();
    const end = drawn(() => {
      const first = store.watch(vmControl.info, vm, {});
      const second = store.watch(vmControl.info, vm, {});
      return [first.state, second.state];
    });
    flushSync();
    expect(members()).toEqual(['queries.open']);
    end();
  });

  it('draws what main answers, and closes when nothing draws it any more', async () => {
    const { store, main, events, members } = started();
    const names: string[] = [];
    const query = store.watch(vmControl.info, vm, {});
    const end = drawn(() => names.push(query.state.name));
    flushSync();
    const [, input] = main.calls[0]!;
    events.queries.emit({ key: (input as { key: string }).key, state: ready });
    flushSync();
    end();
    await expect.poll(members).toEqual(['queries.open', 'queries.close']);
    expect(names).toEqual(['loading', 'ready']);
  });

  it('says that a question failed which main did not take', async () => {
    const { store, main } = started();
    main.failing.set('queries.open', { code: 'invalid-input', detail: 'no such action' });
    const query = store.watch(vmControl.info, vm, {});
    const end = drawn(() => query.state);
    flushSync();
    await expect
      .poll(() => query.state)
      .toEqual({ name: 'failed', error: { code: 'invalid-input', detail: 'no such action' } });
    end();
  });

  it('keeps questions of different input apart', () => {
    const { store } = started();
    const small = store.watch(vmControl.screenshot, vm, { size: 'thumbnail' });
    expect(store.watch(vmControl.screenshot, vm, { size: 'full' })).not.toBe(small);
    expect(store.watch(vmControl.screenshot, vm, { size: 'thumbnail' })).toBe(small);
  });
});
