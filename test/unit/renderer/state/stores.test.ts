import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Run } from '../../../../core/contract/runs.ts';
import { messagesFor } from '../../../../core/messages/catalogue.ts';
import { countRun } from '../../../../renderer/state/run-store.svelte.ts';
import { createStores } from '../../../../renderer/state/stores.ts';
import { indexAt } from '../../../../renderer/state/time-cursor.svelte.ts';
import { fakeAccount } from '../../../fakes/fake-accounts.ts';
import { fakeApi } from '../../../fakes/fake-api.ts';
import { fakeId, FAKE_NOW } from '../../../fakes/fake-entities.ts';
import { started, vm } from './started-stores.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

function run(id: string, startedAt: number, state: 'done' | 'sent' | 'failed'): Run {
  const item = {
    done: { name: 'done', at: 1 },
    sent: { name: 'sent', at: 1 },
    failed: { name: 'failed', at: 1, error: { code: 'offline', entity: 'web' } },
  } as const;
  const items = [{ entity: vm.id, entityName: 'web', state: item[state] }];
  return { id, command: 'vm.start', startedAt, items, commandLine: '' };
}

describe('runs', () => {
  it.each(['done', 'failed'] as const)('tell whoever waits that they are %s', async (state) => {
    const { stores, events } = await started();
    const done = stores.commands.carryOut('vm.set-processors', [vm.id], { count: 2 });
    await vi.advanceTimersByTimeAsync(0);
    events.runs.emit(run('run-1', 1, 'sent'));
    events.runs.emit(run('run-1', 1, state));
    expect(await done).toBe(state === 'done');
  });

  it('stand the newest first, and tell what is under way', async () => {
    const { stores, events } = await started({ runs: [run('one', 1, 'done')] });
    events.runs.emit(run('two', 2, 'sent'));
    expect(stores.runs.all.map(({ id }) => id)).toEqual(['two', 'one']);
    expect([stores.runs.active.length, stores.runs.isAsked('vm.start', vm.id)]).toEqual([1, true]);
    events.runs.emit(run('two', 2, 'failed'));
    expect([stores.runs.active.length, stores.runs.isAsked('vm.start', vm.id)]).toEqual([0, false]);
  });

  it('are counted by what came of each entity', () => {
    const leftOut = [{ names: ['a', 'b'] }];
    expect(countRun({ ...run('one', 1, 'failed'), leftOut })).toEqual({
      done: 0,
      failed: 1,
      open: 0,
      leftOut: 2,
    });
  });
});

describe('notices', () => {
  const notice = { id: 7, at: FAKE_NOW, level: 'error', title: 'It crashed.' } as const;

  it('are shown for a moment and kept in the history', async () => {
    const { stores, events } = await started();
    events.notices.emit(notice);
    expect([stores.notices.toasts.length, stores.notices.unseen]).toEqual([1, 1]);
    await vi.advanceTimersByTimeAsync(8000);
    stores.notices.markSeen();
    expect([stores.notices.toasts, stores.notices.unseen]).toEqual([[], 0]);
    expect(stores.notices.history).toEqual([notice]);
  });

  it('are not shown when they only inform', async () => {
    const { stores, events } = await started();
    events.notices.emit({ ...notice, level: 'info' });
    expect([stores.notices.toasts.length, stores.notices.history.length]).toEqual([0, 1]);
    expect(stores.notices.hasUnseenFault).toBe(false);
    events.notices.emit({ ...notice, id: 8 });
    expect(stores.notices.hasUnseenFault).toBe(true);
  });

  it('of earlier are taken as seen', async () => {
    const { stores } = await started({ notices: [notice] });
    expect([stores.notices.unseen, stores.notices.history.length]).toEqual([0, 1]);
  });
});

describe('the accounts', () => {
  const connecting = { name: 'connecting', step: 'opening' } as const;
  const refused = { name: 'failed', error: { code: 'cancelled' } } as const;

  it.each([
    [fakeAccount({ connection: connecting }), true],
    [fakeAccount({ isReading: true }), true],
    [fakeAccount({ connection: refused }), false],
    [fakeAccount(), false],
  ])('know whether rosters are on their way (%#)', async (account, isFilling) => {
    const { stores } = await started({ accounts: [account] });
    expect(stores.accounts.isFilling).toBe(isFilling);
  });

  it('take a platform that starts for one whose roster comes', async () => {
    const { stores, events } = await started();
    const told = (['starting', 'running'] as const).map((name) => {
      events.demo.emit({ name });
      return stores.accounts.isFilling;
    });
    expect(told).toEqual([true, false]);
  });
});

describe('the layout', () => {
  it('is saved once it rests, with all that it keeps', async () => {
    const { stores, given } = await started();
    stores.layout.rosterWidth = 5000;
    stores.layout.setCollapsed(['a', 'b'], true);
    stores.layout.setCollapsed(['b'], false);
    await vi.advanceTimersByTimeAsync(499);
    expect(given('layouts.save')).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(given('layouts.save')).toEqual([
      {
        id: 'window-1',
        layout: {
          panels: [],
          dock: undefined,
          rosterWidth: 640,
          rosterHidden: false,
          collapsed: ['a'],
        },
      },
    ]);
  });

  it('comes back as it was saved', async () => {
    const layout = { panels: [], dock: { grid: {} }, rosterWidth: 320, collapsed: ['x'] };
    const { stores } = await started({ layout });
    const { layout: store } = stores;
    expect([store.loaded, store.rosterWidth, store.isCollapsed('x'), store.dock]).toEqual([
      true,
      320,
      true,
      { grid: {} },
    ]);
  });
});

describe('the time cursor', () => {
  it('is pointed by main alone, so that all windows of a workspace show the same', async () => {
    const { stores, events, given } = await started({ moment: 5 });
    stores.cursor.point(42);
    expect([stores.cursor.at, given('cursor.point')]).toEqual([5, [{ at: 42 }]]);
    events.cursor.emit(42);
    expect(stores.cursor.at).toBe(42);
    events.cursor.emit(null);
    expect(stores.cursor.at).toBeUndefined();
  });

  it.each([
    [0, 0],
    [10, 0],
    [19, 0],
    [20, 2],
    [1000, 3],
  ])('at %i stands for the item %i', (moment, index) => {
    const items = [10, 20, 20, 30].map((at) => ({ at }));
    expect([indexAt(items, moment), indexAt([], moment)]).toEqual([index, -1]);
  });
});

describe('workspaces', () => {
  it('are known by the window that asks, which of them it shows and where', async () => {
    const { stores, events, main } = await started();
    expect(stores.workspaces.current?.id).toBe('overview');
    const moved = { window: 1, workspace: 'debugging', display: 2 };
    events.workspaces.emit({ ...main.workspaces, windows: [moved], parked: 1 });
    expect([stores.workspaces.current?.id, stores.workspaces.parked]).toEqual(['debugging', 1]);
  });

  it('take the place of one another in a window, each with its own arrangement', async () => {
    const { stores, events, given } = await started();
    stores.layout.saveDock({ of: 'overview' }, []);
    const before = stores.layout.generation;
    const panels = [{ panel: 'stanzas', subject: '', place: 'tab' } as const];
    events.layouts.emit({ id: 'window-2', panels, hasRoster: false });
    expect([stores.layout.generation, stores.layout.dock, stores.layout.rosterHidden]).toEqual([
      before + 1,
      undefined,
      true,
    ]);
    // What had not been saved yet goes to the window it belongs to.
    expect(given('layouts.save')).toMatchObject([
      { id: 'window-1', layout: { dock: { of: 'overview' } } },
    ]);
  });
});

describe('settings and accounts', () => {
  it('believe what they are told over what they asked for before', async () => {
    const proving = { name: 'connecting', step: 'proving' } as const;
    const { api, events } = fakeApi({ accounts: [fakeAccount({ connection: proving })] });
    const { accounts } = createStores(api, () => messagesFor('en').describeError);
    accounts.start();
    events.accounts.emit([fakeAccount()]);
    events.demo.emit({ name: 'running' });
    await vi.advanceTimersByTimeAsync(0);
    expect([accounts.first?.connection.name, accounts.demo.name]).toEqual(['online', 'running']);
  });

  it('show what main says of them', async () => {
    const { stores, events } = await started();
    await stores.settings.change({ theme: 'dark' }, stores.notices);
    events.accounts.emit([fakeAccount({ connection: { name: 'offline' } }), fakeAccount()]);
    expect(stores.settings.current.theme).toBe('dark');
    expect(stores.accounts.first?.connection.name).toBe('online');
  });

  it('tell the account that needs the user most', async () => {
    const { stores, events } = await started();
    const error = { code: 'password-needed', jid: fakeAccount().settings.jid } as const;
    const failed = fakeAccount({ connection: { name: 'failed', error } });
    events.accounts.emit([fakeAccount({ connection: { name: 'offline' } }), fakeAccount(), failed]);
    expect(stores.accounts.worst).toEqual(failed);
  });

  it('hear no more after they were stopped', async () => {
    const { stop, events } = await started();
    stop();
    const listeners = Object.values(events).map((event: { listeners: number }) => event.listeners);
    expect(new Set(listeners)).toEqual(new Set([0]));
  });

  it('keep the selection as it is when the same is chosen again', async () => {
    const { stores } = await started();
    stores.selection.set([vm.id]);
    const { ids } = stores.selection;
    stores.selection.set([fakeId('web@x.test')]);
    expect(stores.selection.ids).toBe(ids);
  });
});
