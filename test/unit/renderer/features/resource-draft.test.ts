import { SvelteMap } from 'svelte/reactivity';
import { describe, expect, it } from 'vitest';
import { ResourceDraft } from '../../../../renderer/features/controls/resource-draft.svelte.ts';

function machine(count: number) {
  const last = new SvelteMap([['info', { count }]]);
  const info = () => last.get('info')!;
  const draft = new ResourceDraft(() => info().count, info);
  return {
    draft,
    says: (value: number) => last.set('info', { count: value }),
    shown: () => [draft.value, draft.isAsked],
  };
}

describe('a value that was asked for', () => {
  it('falls back to the confirmed one when it is refused', async () => {
    const { draft, shown } = machine(2);
    const sent = draft.send(4, () => Promise.resolve(false));
    expect(shown()).toEqual([4, true]);
    await sent;
    expect(shown()).toEqual([2, false]);
  });

  it('is shown as done until the next answer, whatever that says', async () => {
    const { draft, says, shown } = machine(2);
    await draft.send(4, () => Promise.resolve(true));
    expect(shown()).toEqual([4, false]);
    says(2);
    expect(shown()).toEqual([2, false]);
  });

  it('gives way to what the platform says meanwhile', () => {
    const { draft, says, shown } = machine(2);
    void draft.send(4, () => new Promise(() => undefined));
    says(3);
    expect(shown()).toEqual([3, false]);
  });

  it('is not dropped because an earlier one was refused', async () => {
    const { draft, shown } = machine(2);
    let refuse = (): void => undefined;
    const refused = new Promise<boolean>((resolve) => {
      refuse = () => resolve(false);
    });
    const first = draft.send(3, () => refused);
    void draft.send(4, () => new Promise(() => undefined));
    refuse();
    await first;
    expect(shown()).toEqual([4, true]);
  });
});
