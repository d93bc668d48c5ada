import { describe, expect, it } from 'vitest';
import type { ClientHandlers } from '../../../client/client.ts';
import type { Account } from '../../../core/contract/accounts.ts';
import type { ConfirmationView } from '../../../core/contract/confirmation.ts';
import { entityId } from '../../../core/domain/entity.ts';
import { parseJid } from '../../../core/domain/jid.ts';
import { ok } from '../../../core/lib/result.ts';
import { messagesFor } from '../../../core/messages/catalogue.ts';
import { guardedHandlers } from '../../../main/handlers/guarded-handlers.ts';

const jid = parseJid('ada@example.test')!.bare;
const vm = entityId(jid, parseJid('web@example.test')!.bare);
const other = entityId(jid, parseJid('mail@example.test')!.bare);
const caller = { windowId: 7 };
const settings = { jid, resource: '', connectAtStart: true, rememberPassword: true };
const account: Account = {
  settings,
  connection: { name: 'offline' },
  demo: false,
  passwordStored: true,
  proven: true,
};

/** Handlers that note what reached them; everything succeeds. */
function guarded(answer: boolean, failsMeanwhile = false, of: object = {}) {
  const reached: string[] = [];
  const asked: ConfirmationView[] = [];
  const inputs: object[] = [];
  const note = (name: string) => async () => {
    reached.push(name);
    return ok(undefined);
  };
  const failed = { name: 'failed', at: 0, error: { code: 'cancelled' } } as const;
  const item = { entity: vm, entityName: 'web', state: failed };
  const run = {
    id: 'r1',
    command: 'vm.delete',
    startedAt: 0,
    commandLine: '',
    items: [item],
    ...of,
  };
  const handlers = {
    runs: {
      start: async ({ input }: { input: object }) => {
        reached.push('start');
        inputs.push(input);
        return ok({ id: 'r1' });
      },
      retry: async () => (reached.push('retry'), ok({ id: 'r2' })),
      list: async () => ok([run]),
      cancel: note('cancel'),
    },
    stanzas: { send: note('send') },
    accounts: {
      list: async () => ok([account]),
      remove: note('remove'),
      trust: note('trust'),
      update: note('update'),
    },
  } as unknown as ClientHandlers;
  const guards = guardedHandlers(handlers, {
    ask: async (view) => {
      asked.push(view);
      if (failsMeanwhile && run.items.length === 1) run.items.push({ ...item, entity: other });
      return answer;
    },
    askPassword: async (view) => {
      asked.push(view);
      return answer ? 'five letters' : undefined;
    },
    windowOf: () => undefined,
    nameOf: () => 'web',
    entities: () => [],
    messages: () => messagesFor('en'),
  });
  return { guards, reached, asked, inputs };
}

type Guards = ReturnType<typeof guarded>['guards'];

const dangerous: readonly [string, (guards: Guards) => Promise<unknown>][] = [
  ['start', ({ runs }) => runs.start({ command: 'vm.delete', targets: [vm], input: {} }, caller)],
  ['retry', ({ runs }) => runs.retry({ id: 'r1' }, caller)],
  ['send', ({ stanzas }) => stanzas.send({ account: jid, xml: '<presence/>' }, caller)],
  ['remove', ({ accounts }) => accounts.remove({ jid }, caller)],
  ['trust', ({ accounts }) => accounts.trust({ jid, fingerprint: 'AA:BB' }, caller)],
  [
    'update',
    ({ accounts }) =>
      accounts.update(
        { ...settings, endpoint: { host: 'evil.test', port: 5222, directTls: false } },
        caller,
      ),
  ],
];

describe.each(dangerous)('%s', (name, give) => {
  it('is done once the user has agreed in a window of main’s', async () => {
    const { guards, reached, asked } = guarded(true);
    expect(await give(guards)).toMatchObject({ ok: true });
    expect({ reached, asked: asked.length }).toEqual({ reached: [name], asked: 1 });
  });

  it('is not done when the user says no', async () => {
    const { guards, reached } = guarded(false);
    expect(await give(guards)).toEqual({ ok: false, error: { code: 'cancelled' } });
    expect(reached).toEqual([]);
  });
});

describe('what is given again', () => {
  it('is asked about anew where more has failed while the user was asked', async () => {
    const { guards, reached, asked } = guarded(true, true);
    await guards.runs.retry({ id: 'r1' }, caller);
    expect(asked.map(({ targets }) => targets.length)).toEqual([1, 2]);
    expect(reached).toEqual(['retry']);
  });
});

describe('a command that takes a password', () => {
  const order = { command: 'users.register', targets: [vm], input: { jid: 'dave@example.test' } };

  it('is given with what the user types in a window of main’s', async () => {
    const { guards, asked, inputs } = guarded(true);
    await guards.runs.start(order, caller);
    expect(inputs).toEqual([{ jid: 'dave@example.test', password: 'five letters' }]);
    expect(asked).toMatchObject([
      { title: 'Password of the new user dave@example.test', secret: { isShown: false } },
    ]);
  });

  it('is asked for it anew when it is given again', async () => {
    const run = { command: order.command, input: order.input };
    const yes = guarded(true, false, run);
    await yes.guards.runs.retry({ id: 'r1' }, caller);
    expect([yes.reached, yes.inputs]).toEqual([
      ['start'],
      [{ jid: 'dave@example.test', password: 'five letters' }],
    ]);
    const no = guarded(false, false, run);
    expect(await no.guards.runs.retry({ id: 'r1' }, caller)).toMatchObject({ ok: false });
    expect(no.reached).toEqual([]);
  });

  it('takes none that a page sends, and is not given when the user says no', async () => {
    const sent = { ...order, input: { ...order.input, password: 'of a bad page' } };
    const yes = guarded(true);
    await yes.guards.runs.start(sent, caller);
    expect(yes.inputs).toEqual([{ jid: 'dave@example.test', password: 'five letters' }]);
    const no = guarded(false);
    expect(await no.guards.runs.start(sent, caller)).toMatchObject({ ok: false });
    expect(no.reached).toEqual([]);
  });
});

describe('what takes nothing away', () => {
  it('is done without asking', async () => {
    const { guards, reached, asked } = guarded(false);
    await guards.runs.start({ command: 'vm.start', targets: [vm], input: {} }, caller);
    await guards.accounts.update({ ...settings, connectAtStart: false }, caller);
    expect({ reached, asked }).toEqual({ reached: ['start', 'update'], asked: [] });
  });
});

describe('what a command names inside its input', () => {
  const uuids = Array.from({ length: 11 }, (_nothing, index) => {
    return `0b5d1d0e-6f3a-4c55-9d0f-0000000000${String(index).padStart(2, '0')}`;
  });
  const manage = (guards: Guards, count: number) => {
    const input = { uuids: uuids.slice(0, count) };
    return guards.runs.start({ command: 'hypervisor.manage', targets: [vm], input }, caller);
  };

  it('counts as its targets do', async () => {
    const { guards, reached, asked } = guarded(false);
    await manage(guards, 10);
    expect({ reached, asked }).toEqual({ reached: ['start'], asked: [] });
    expect(await manage(guards, 11)).toEqual({ ok: false, error: { code: 'cancelled' } });
    expect(asked[0]?.targets.map(({ identifier }) => identifier).slice(1)).toEqual(uuids);
    expect(reached).toEqual(['start']);
  });
});
