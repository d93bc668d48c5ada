import type { MessagePortMain } from 'electron';
import { describe, expect, it } from 'vitest';
import type { LogState } from '../../../../core/contract/logs.ts';
import type { Entity } from '../../../../core/domain/entity.ts';
import { err, ok } from '../../../../core/lib/result.ts';
import { LogDesk, type LogDeskPorts } from '../../../../main/logs/log-desk.ts';
import type { StreamListener } from '../../../../main/streams/stream-listeners.ts';
import type { Streams } from '../../../../main/streams/streams.ts';
import { bare, fakeEntity } from '../../../fakes/fake-entities.ts';
import { settled } from '../../../support/manual-time.ts';

const hypervisor = (jid: string, name: string): Entity =>
  fakeEntity(jid, { kind: 'hypervisor', name });
const atoll = hypervisor('atoll-01@archipel.test', 'atoll-01');
const lagoon = hypervisor('lagoon@archipel.test', 'lagoon');
const machine = fakeEntity('web-01@archipel.test');
const caller = { windowId: 7 };
const target = { host: 'atoll-01', port: 22 };

type Told = readonly [stream: number, order: Parameters<Streams['tell']>[1]];
interface Surroundings {
  readonly entities?: readonly Entity[];
  /** Those that are reached over SSH. */
  readonly bySsh?: readonly Entity[];
  readonly chooseFile?: LogDeskPorts['chooseFile'];
  readonly ssh?: LogDeskPorts['ssh'];
}

/** A desk whose streams process is the test. */
function desk({
  entities = [atoll, lagoon, machine],
  bySsh = [atoll],
  ...rest
}: Surroundings = {}) {
  const listeners: StreamListener[] = [];
  const opened: Parameters<Streams['openPort']>[0][] = [];
  const told: Told[] = [];
  const ended: number[] = [];
  const states: LogState[] = [];
  const noticed: string[] = [];
  const handed: string[] = [];
  const agent = {
    asked: 0,
    reply: ok([{ line: 'INFO one' }]) as Awaited<ReturnType<LogDeskPorts['client']['call']>>,
  };
  const made = new LogDesk({
    client: {
      entity: (id) => entities.find((one) => one.id === id),
      call: async () => {
        agent.asked += 1;
        return agent.reply;
      },
      followLog: (_, pushed) => {
        pushed.ended();
        return () => undefined;
      },
    },
    streams: {
      openPort: (order, listener) => {
        opened.push(order);
        // Nothing of a port is used but that it is handed on.
        const port: unknown = {};
        return { id: listeners.push(listener), port: port as MessagePortMain };
      },
      tell: (id, order) => void told.push([id, order]),
      end: (id) => void ended.push(id),
    },
    ssh: { chosen: async ({ id }) => (bySsh.some((one) => one.id === id) ? target : undefined) },
    folder: '/profile/logs',
    window: () => ({
      state: (_key, state) => void states.push(state),
      hand: (key) => void handed.push(key),
      isVisible: () => true,
    }),
    noticed: (...words) => void noticed.push(words.join(' ')),
    chooseFile: async () => '/tmp/x.log',
    ...rest,
  });
  const open = (...wanted: readonly Entity[]) =>
    made.handlers.open({ key: 'k', entities: wanted.map(({ id }) => id) }, caller);
  return { made, listeners, opened, told, ended, states, noticed, handed, agent, open };
}

function sourcesOf(states: readonly LogState[]) {
  const last = states.at(-1);
  return last?.name === 'open' ? last.sources : [];
}

describe('the logs of windows', () => {
  it('end with the account through which a hypervisor is known, and no others', async () => {
    const { made, ended, states, open } = desk();
    await open(atoll, lagoon);
    made.leaveAccount(bare('ada@archipel.test'));
    expect(ended).toEqual([]);
    made.leaveAccount(atoll.account);
    expect(ended).toEqual([1]);
    const error = { code: 'not-found', what: atoll.account };
    expect(states.at(-1)).toEqual({ name: 'ended', error });
  });

  it('are followed over SSH where there is a way, and asked of the agent where not', async () => {
    const { made, opened, handed, told, states, agent, open } = desk();
    expect(await open(atoll, lagoon, machine)).toEqual(ok(undefined));
    await settled();
    expect(opened).toMatchObject([
      { kind: 'open-log', folder: '/profile/logs', hosts: [{ name: 'atoll-01', target }] },
    ]);
    expect([handed, agent.asked]).toEqual([['k'], 1]);
    expect(told).toMatchObject([
      [1, { kind: 'log-lines', name: 'lagoon', lines: ['INFO one'], isPast: true, isGap: false }],
    ]);
    expect(sourcesOf(states)).toMatchObject([
      { name: 'atoll-01', via: 'ssh', state: 'connecting' },
      { name: 'lagoon', via: 'xmpp', state: 'following' },
    ]);
    made.windowClosed(7);
  });

  it('are not followed once their window is closed, however long the way was looked for', async () => {
    let find: (way: typeof target) => void = () => undefined;
    const way = new Promise<typeof target>((resolve) => (find = resolve));
    const { made, opened, handed, open } = desk({ ssh: { chosen: () => way } });
    const first = open(atoll);
    await settled();
    made.windowClosed(7);
    find(target);
    expect(await first).toEqual(err({ code: 'cancelled' }));
    expect([opened, handed]).toEqual([[], []]);
  });

  it('bear the JID where two hypervisors have the same name', async () => {
    const twin = hypervisor('atoll-01@other.test', 'atoll-01');
    const { states, open, made } = desk({ entities: [atoll, twin], bySsh: [atoll, twin] });
    await open(atoll, twin);
    expect(sourcesOf(states).map(({ name }) => name)).toEqual([atoll.jid, twin.jid]);
    made.windowClosed(7);
  });

  it('tell how it stands with each host, and ask the agent where SSH has no way', async () => {
    const { made, listeners, states, agent, open } = desk();
    await open(atoll);
    const [listener] = listeners;
    const hear = (state: object) =>
      listener?.hear({ kind: 'log-host', id: 1, name: 'atoll-01', state } as never);
    expect(hear({ name: 'following' })).toBe(false);
    expect(sourcesOf(states)).toMatchObject([{ state: 'following', via: 'ssh' }]);
    hear({ name: 'missing', file: '/var/log/archipel.log' });
    expect(sourcesOf(states)).toMatchObject([{ state: 'missing', file: '/var/log/archipel.log' }]);
    const error = { code: 'cancelled' };
    hear({ name: 'waiting', error, retryInMs: 1000 });
    expect(sourcesOf(states)).toMatchObject([{ state: 'waiting', error }]);
    expect(agent.asked).toBe(0);
    hear({ name: 'failed', error });
    await settled();
    expect(agent.asked).toBe(1);
    expect(sourcesOf(states)).toMatchObject([{ via: 'xmpp', state: 'following' }]);
    made.windowClosed(7);
  });

  it('say why an agent does not tell its log, and ask again at once when told to', async () => {
    const { made, agent, states, told, open } = desk({ bySsh: [] });
    agent.reply = err({ code: 'offline', entity: lagoon.id });
    await open(lagoon);
    await settled();
    expect(sourcesOf(states)).toMatchObject([{ state: 'waiting', error: { code: 'offline' } }]);
    agent.reply = ok([{ line: 'INFO back' }]);
    await made.handlers.askNow({ key: 'k' }, caller);
    await settled();
    expect(sourcesOf(states)).toMatchObject([{ state: 'following' }]);
    expect(told.map(([, { kind }]) => kind)).toEqual(['retry-log', 'log-lines']);
    made.windowClosed(7);
  });

  it('tell once that they ended, when the process is lost or cannot keep them', async () => {
    const lost = desk();
    await lost.open(atoll);
    lost.listeners[0]?.lost({ code: 'streams-ended' });
    lost.listeners[0]?.lost({ code: 'streams-ended' });
    const ended = lost.states.filter(({ name }) => name === 'ended');
    expect(ended).toEqual([{ name: 'ended', error: { code: 'streams-ended' } }]);
    const full = desk();
    await full.open(atoll);
    expect(full.listeners[0]?.hear({ kind: 'log-failed', id: 1, detail: 'ENOSPC' })).toBe(true);
    const error = { code: 'storage-unwritable', file: 'logs', detail: 'ENOSPC' };
    expect(full.states.at(-1)).toEqual({ name: 'ended', error });
  });

  it('tell of a line that fits a pattern of the user', async () => {
    const { made, listeners, noticed, open } = desk();
    await open(atoll);
    const said = { pattern: 'crash', host: 'atoll-01', text: 'a crash' };
    listeners[0]?.hear({ kind: 'log-noticed', id: 1, ...said });
    expect(noticed).toEqual(['crash atoll-01 a crash']);
    made.windowClosed(7);
  });

  it('are closed with their window, or when they are opened anew, and no others', async () => {
    const { made, ended, open } = desk();
    await open(atoll);
    await open(atoll);
    expect(ended).toEqual([1]);
    made.windowClosed(77);
    expect(ended).toEqual([1]);
    made.windowClosed(7);
    expect(ended).toEqual([1, 2]);
  });
});

describe('a log that is saved', () => {
  const save = { key: 'k', which: 'shown', name: 'atoll-01' } as const;

  it('goes to the file that the user names', async () => {
    const { made, listeners, told, open } = desk();
    await open(atoll);
    const saving = made.handlers.save(save, caller);
    await settled();
    expect(told).toEqual([
      [1, { kind: 'save-log', ticket: 1, file: '/tmp/x.log', which: 'shown' }],
    ]);
    listeners[0]?.hear({ kind: 'log-saved', id: 1, ticket: 1, lines: 12 });
    expect(await saving).toEqual(ok({ file: '/tmp/x.log', lines: 12 }));
    made.windowClosed(7);
  });

  it('is none where the user would not, or nothing is open', async () => {
    const unwilling = desk({ chooseFile: async () => undefined });
    await unwilling.open(atoll);
    expect(await unwilling.made.handlers.save(save, caller)).toEqual(ok(undefined));
    expect(await desk().made.handlers.save(save, caller)).toEqual(ok(undefined));
    unwilling.made.windowClosed(7);
  });

  it.each([
    ['the file cannot be written', { lines: 0, failure: 'EACCES' }, 'not-saved'],
    ['the log is closed meanwhile', undefined, 'streams-ended'],
  ])('fails where %s', async (_name, answer, code) => {
    const { made, listeners, open } = desk();
    await open(atoll);
    const saving = made.handlers.save(save, caller);
    await settled();
    if (answer) listeners[0]?.hear({ kind: 'log-saved', id: 1, ticket: 1, ...answer });
    else await made.handlers.close({ key: 'k' }, caller);
    expect(await saving).toMatchObject({ ok: false, error: { code } });
    made.windowClosed(7);
  });
});
