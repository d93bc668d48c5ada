import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findCommand } from '../../../../core/commands/table.ts';
import type { WindowHandlers } from '../../../../renderer/state/command-center.svelte.ts';
import { fakeEntity, fakeId } from '../../../fakes/fake-entities.ts';
import { off, started, vm } from './started-stores.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe('giving commands', () => {
  it('sends a platform command to those of a selection that can take it, and names the others', async () => {
    const { stores, given } = await started();
    stores.commands.choose('vm.pause', [vm.id, off.id]);
    await vi.advanceTimersByTimeAsync(0);
    expect(given('runs.start')).toEqual([
      { command: 'vm.pause', targets: [vm.id], input: {}, leftOut: [off.id] },
    ]);
  });

  it('gives what is of the window to those that are of a kind for it, and to unknown ones', async () => {
    const host = fakeEntity('atoll@x.test', { kind: 'hypervisor' });
    const snapshot = { revision: 1, entities: [host, vm, off], requests: [] };
    const { stores } = await started({ snapshot });
    const shown: unknown[] = [];
    const handler = (_input: object, targets: readonly string[]) => void shown.push(targets);
    const rest = new Proxy({}, { get: () => handler });
    stores.commands.serve(rest as WindowHandlers);
    const [unknown, all] = [fakeId('new@x.test'), [host.id, vm.id, off.id]];
    stores.commands.choose('panel.machines', all);
    stores.commands.choose('panel.controls', all);
    stores.commands.choose('panel.wall', all);
    stores.commands.show('panel.machines', {}, [vm.id, unknown]);
    expect(shown).toEqual([[host.id], [vm.id, off.id], all, [unknown]]);
  });

  it('sends nothing when none of them can', async () => {
    const { stores, given } = await started();
    stores.commands.choose('vm.start', [vm.id]);
    expect(given('runs.start')).toEqual([]);
  });

  it('lets the hypervisor do what only an open console could, where it can', async () => {
    const { stores } = await started();
    const hindrances = ['console.ctrl-alt-delete', 'console.fit'].flatMap((id) => {
      const command = findCommand(id)!;
      const able = {
        ...vm,
        agent: { generation: 'ours', features: ['archipel:vm:console'] },
      } as const;
      return [able, vm, off].map((one) => stores.commands.hindrance(command, [one])?.code);
    });
    expect(hindrances).toEqual([
      ...[undefined, 'no-feature', 'wrong-state'],
      ...['not-open', 'not-open', 'not-open'],
    ]);
  });

  it('asks for the input of a command that wants some', async () => {
    const { stores, given } = await started();
    stores.commands.choose('vm.set-memory', [vm.id]);
    expect(stores.commands.form).toEqual({
      command: 'vm.set-memory',
      targets: [vm.id],
      preset: {},
    });
    expect(given('runs.start')).toEqual([]);
  });

  it('says what main had against it, but not that the user said no', async () => {
    const { stores, main } = await started();
    main.failing.set('runs.start', { code: 'cancelled' });
    await stores.commands.give('vm.force-off', [vm.id], {});
    main.failing.set('runs.start', { code: 'not-allowed-now', reason: 'It is locked.' });
    await stores.commands.give('vm.force-off', [vm.id], {});
    expect(stores.notices.toasts.map(({ title, hint }) => [title, hint])).toEqual([
      ['Not possible now.', 'It is locked.'],
    ]);
  });

  it('does a command of the window only with an input that it understands', async () => {
    const { stores } = await started();
    const opened: unknown[] = [];
    const handlers = new Proxy(
      {},
      { get: (_, name) => (input: unknown) => opened.push([name, input]) },
    );
    stores.commands.serve(handlers as Parameters<typeof stores.commands.serve>[0]);
    stores.commands.show('panel.open', { panel: 'overview', subject: '' }, []);
    stores.commands.show('panel.open', { panel: 7 }, []);
    stores.commands.show('vm.start', {}, []);
    stores.commands.show('no.such', {}, []);
    expect(opened).toEqual([['panel.open', { panel: 'overview', subject: '' }]]);
  });
});
