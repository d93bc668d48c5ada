import type { MessagePortMain } from 'electron';
import { describe, expect, it } from 'vitest';
import type { AppError } from '../../../../core/contract/app-error.ts';
import type { TerminalState } from '../../../../core/contract/terminals.ts';
import { err, ok, type Result } from '../../../../core/lib/result.ts';
import type { StreamListener } from '../../../../main/streams/stream-listeners.ts';
import type { Streams } from '../../../../main/streams/streams.ts';
import { TerminalDesk } from '../../../../main/terminals/terminal-desk.ts';
import type { RfbWay } from '../../../../node/rfb/reach-ways.ts';
import { bare, fakeEntity } from '../../../fakes/fake-entities.ts';

const host = fakeEntity('atoll-01@archipel.test', { kind: 'hypervisor' });
const machine = fakeEntity('web-01@archipel.test');
const caller = { windowId: 7 };
const size = { columns: 80, rows: 24 };
const way: RfbWay = { kind: 'websocket', host: '10.0.0.1', port: 6901, isTls: true, token: 't' };
const tunnelled: RfbWay = { ...way, isThroughSsh: true };
const target = { host: 'atoll-01', port: 22, jump: 'none' } as const;
const shell = { key: 't1', entity: host.id, kind: 'shell', ...size } as const;
const serial = { key: 't1', entity: machine.id, kind: 'serial', ...size } as const;

type Planned = Result<readonly [RfbWay, ...RfbWay[]], AppError>;

/** A desk whose agents and profiles answer at once, unless the test lets them wait. */
function desk(planned: Planned = ok([way])) {
  const opened: Parameters<Streams['openPort']>[0][] = [];
  const listeners: StreamListener[] = [];
  const told: unknown[] = [];
  const states: [key: string, state: TerminalState][] = [];
  const handed: string[] = [];
  const forced: boolean[] = [];
  const gate = { answer: Promise.resolve() };
  const made = new TerminalDesk({
    client: { entity: (id) => [host, machine].find((one) => one.id === id) },
    ssh: {
      target: async () => {
        await gate.answer;
        return target;
      },
      hostOf: async () => target,
    },
    access: {
      planText: async (_machine, force) => {
        forced.push(force);
        await gate.answer;
        return planned;
      },
    },
    streams: {
      openPort: (order, listener) => {
        opened.push(order);
        // Nothing of a port is used but that it is handed on.
        const port: unknown = {};
        return { id: listeners.push(listener), port: port as MessagePortMain };
      },
      tell: (stream, order) => told.push([stream, order]),
    },
    window: (windowId) => ({
      state: (key, state) => states.push([`${windowId} ${key}`, state]),
      hand: (key) => handed.push(`${windowId} ${key}`),
    }),
  });
  const last = () => states.at(-1)?.[1];
  return {
    made,
    handlers: made.handlers,
    opened,
    listeners,
    told,
    states,
    handed,
    forced,
    gate,
    last,
  };
}

/** An answer that comes when the test says so. */
function later(): { readonly answer: Promise<void>; readonly give: () => void } {
  let give = (): void => undefined;
  const answer = new Promise<void>((resolve) => (give = resolve));
  return { answer, give: () => give() };
}

describe('the shells of windows', () => {
  it('end with the account through which their hypervisor is known, and no others', async () => {
    const { made, handlers, told, states } = desk();
    await handlers.open(shell, caller);
    made.leaveAccount(bare('ada@archipel.test'));
    expect(told).toEqual([]);
    made.leaveAccount(host.account);
    expect(told).toEqual([[1, { kind: 'close' }]]);
    const error = { code: 'not-found', what: host.id };
    expect(states.at(-1)).toEqual(['7 t1', { name: 'ended', error }]);
  });

  it('lead to the host of their hypervisor, and tell their exit code', async () => {
    const { handlers, opened, handed, listeners, states } = desk();
    await handlers.open(shell, caller);
    const [listener] = listeners;
    listener?.hear({ kind: 'terminal-open', id: 1, address: 'atoll-01:22', user: 'ada' });
    const isLast = listener?.hear({ kind: 'terminal-ended', id: 1, exitCode: 3 });
    const route = { kind: 'ssh', address: 'atoll-01:22', isEncrypted: true, user: 'ada' };
    expect({ opened, handed, isLast, states: states.map(([, state]) => state) }).toEqual({
      opened: [{ kind: 'open-shell', target, ...size }],
      handed: ['7 t1'],
      isLast: true,
      states: [{ name: 'connecting' }, { name: 'open', route }, { name: 'exited', code: 3 }],
    });
  });

  it('say what ended them, and that the process that held them did', async () => {
    const { handlers, listeners, last } = desk();
    await handlers.open(shell, caller);
    const failure = { code: 'ssh-closed', address: 'atoll-01:22', detail: '' } as const;
    listeners[0]?.hear({ kind: 'terminal-ended', id: 1, failure });
    const first = last();
    await handlers.open(shell, caller);
    listeners[1]?.lost({ code: 'streams-ended' });
    expect([first, last()]).toEqual([
      { name: 'ended', error: failure },
      { name: 'ended', error: { code: 'streams-ended' } },
    ]);
  });

  it('are opened on hypervisors alone, and text consoles on machines', async () => {
    const { handlers, opened } = desk();
    const wrong = [
      await handlers.open({ ...shell, entity: machine.id }, caller),
      await handlers.open({ ...serial, entity: host.id }, caller),
    ];
    expect([wrong.map(({ ok: isOk }) => isOk), opened]).toEqual([[false, false], []]);
  });

  it('are told of their size while they are there', async () => {
    const { handlers, listeners, told } = desk();
    const wide = { key: 't1', columns: 132, rows: 50 };
    await handlers.resize(wide, caller);
    await handlers.open(shell, caller);
    await handlers.resize(wide, caller);
    await handlers.resize(wide, { windowId: 8 });
    listeners[0]?.hear({ kind: 'terminal-ended', id: 1 });
    await handlers.resize(wide, caller);
    expect(told).toEqual([[1, { kind: 'resize', columns: 132, rows: 50 }]]);
  });

  it('end with their panel, with another of their name, and with their window', async () => {
    const { made, handlers, told } = desk();
    await handlers.open(shell, caller);
    await handlers.open(shell, caller);
    await handlers.close({ key: 't1' }, caller);
    await handlers.open(shell, caller);
    await handlers.open(shell, { windowId: 8 });
    made.windowClosed(7);
    expect(told).toEqual([1, 2, 3].map((id) => [id, { kind: 'close' }]));
  });

  it('are not begun once they were closed while their profile was read', async () => {
    const { handlers, opened, handed, gate, states } = desk();
    const { answer, give } = later();
    gate.answer = answer;
    const open = handlers.open(shell, caller);
    await handlers.close({ key: 't1' }, caller);
    give();
    await open;
    expect([opened, handed, states]).toEqual([[], [], [['7 t1', { name: 'connecting' }]]]);
  });
});

describe('the text consoles of windows', () => {
  it('go the ways that the agent names, and tell which one was taken', async () => {
    const { handlers, opened, listeners, last, forced } = desk(ok([tunnelled, way]));
    await handlers.open({ ...serial, force: true }, caller);
    const routes = [0, 1].map((taken) => {
      const isLast = listeners[0]?.hear({ kind: 'serial-open', id: 1, way: taken });
      return [isLast, last()];
    });
    expect({ opened, forced, routes }).toEqual({
      opened: [{ kind: 'open-serial', ways: [tunnelled, way], host: target, ...size }],
      forced: [true],
      routes: (['tunnel', 'websocket'] as const).map((kind) => [
        false,
        { name: 'open', route: { kind, address: '10.0.0.1:6901', isEncrypted: true } },
      ]),
    });
  });

  it('ask for no host where none of their ways goes through SSH, and say what is not encrypted', async () => {
    const { handlers, opened, listeners, last } = desk(ok([{ ...way, isTls: false }]));
    await handlers.open(serial, caller);
    listeners[0]?.hear({ kind: 'serial-open', id: 1, way: 0 });
    expect([opened[0], last()]).toMatchObject([
      expect.not.objectContaining({ host: target }),
      { name: 'open', route: { isEncrypted: false } },
    ]);
  });

  it('hear of no way that was not among theirs', async () => {
    const { handlers, listeners, last } = desk();
    await handlers.open(serial, caller);
    listeners[0]?.hear({ kind: 'serial-open', id: 1, way: 5 });
    expect(last()).toEqual({ name: 'connecting' });
  });

  it('say in the agent’s words why they are refused', async () => {
    const { handlers, listeners, last } = desk();
    await handlers.open(serial, caller);
    const refused = { code: 'websocket-refused', detail: '502' } as const;
    const reason = 'Active console session exists';
    const isLast = listeners[0]?.hear({
      ...{ kind: 'serial-ended', id: 1, failure: { ...refused, reason } },
    });
    const first = last();
    await handlers.open(serial, caller);
    listeners[1]?.hear({ kind: 'serial-ended', id: 2, failure: refused });
    const error = { code: 'console', machine: 'web-01' };
    expect([isLast, first, last()]).toEqual([
      true,
      { name: 'ended', error: { ...error, failure: { code: 'text-refused', reason } } },
      { name: 'ended', error: { ...error, failure: refused } },
    ]);
  });

  it('say that the process that held them ended, and why an agent opens none', async () => {
    const denied: AppError = { code: 'denied', entity: 'web-01', permission: 'vnc_display' };
    const refusing = desk(err(denied));
    await refusing.handlers.open(serial, caller);
    const { handlers, listeners, last } = desk();
    await handlers.open(serial, caller);
    listeners[0]?.lost({ code: 'streams-ended' });
    const failure = { code: 'streams-ended' };
    expect([refusing.last(), refusing.opened, last()]).toEqual([
      { name: 'ended', error: denied },
      [],
      { name: 'ended', error: { code: 'console', machine: 'web-01', failure } },
    ]);
  });

  it('tell nothing of a connection that another has followed', async () => {
    const { handlers, listeners, states } = desk();
    await handlers.open(serial, caller);
    await handlers.open(serial, caller);
    listeners[0]?.hear({ kind: 'serial-ended', id: 1, failure: { code: 'closed' } });
    expect(states).toEqual([
      ['7 t1', { name: 'connecting' }],
      ['7 t1', { name: 'connecting' }],
    ]);
  });
});
