import type { Duplex } from 'node:stream';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ManualClock } from '../../../../agent/hypervisor/simulated/manual-clock.ts';
import { type EmbeddedServer, startServer } from '../../../../demo/server/server.ts';
import { err } from '../../../../core/lib/result.ts';
import { XmppSession } from '../../../../node/xmpp/session.ts';
import type { SessionState } from '../../../../node/xmpp/session-types.ts';

const LONGEST_WAIT_MS = 30_000;

let server: EmbeddedServer;
let session: XmppSession;

beforeEach(async () => {
  server = await startServer({ domain: 'archipel.test', admins: [], version: '1' });
});

afterEach(async () => {
  await session.disconnect();
  await server.stop();
});

/** A session for an account that is not there; its links are cut as they say that they register, so many times. */
function newcomer(cuts: number) {
  const clock = new ManualClock(0);
  const links: Duplex[] = [];
  let registrations = 0;
  session = new XmppSession({
    jid: 'new@archipel.test',
    password: async () => 'pencil',
    resource: 'first',
    registerIfMissing: true,
    clock,
    transport: {
      isSecure: true,
      open: async () => {
        const link = server.connect();
        links.push(link);
        return link;
      },
    },
  });
  const states: SessionState['kind'][] = [];
  session.on('stateChanged', (state) => {
    if (states.at(-1) !== state.kind) states.push(state.kind);
    if (state.kind !== 'connecting' || state.step !== 'registering') return;
    registrations += 1;
    if (registrations <= cuts) links.at(-1)?.destroy();
  });
  return { clock, states, registrations: () => registrations };
}

async function end(clock: ManualClock): Promise<SessionState['kind']> {
  return new Promise((resolve) => {
    session.on('stateChanged', ({ kind }) => {
      if (kind === 'waiting') queueMicrotask(() => clock.step(LONGEST_WAIT_MS));
      if (kind === 'online' || kind === 'failed') resolve(kind);
    });
    void session.connect();
  });
}

it('registers an account whose registration was cut off', async () => {
  const { clock, states, registrations } = newcomer(2);
  expect(await end(clock)).toBe('online');
  expect(registrations()).toBe(3);
  expect(states).toEqual([
    'connecting',
    'waiting',
    'connecting',
    'waiting',
    'connecting',
    'online',
  ]);
});

it('registers no account a second time that the server made and does not let in', async () => {
  const { accounts } = server.domain;
  const register = accounts.register.bind(accounts);
  accounts.register = (node) => register(node, 'another password');
  const { clock, registrations } = newcomer(0);
  expect(await end(clock)).toBe('failed');
  expect(session.state).toMatchObject({ reason: { code: 'not-authorized' } });
  expect(registrations()).toBe(1);
});

it('asks again for an account whose name was taken, once it is free', async () => {
  const { accounts } = server.domain;
  const taken = accounts.register('new', 'another password');
  const { clock, registrations } = newcomer(0);
  expect(await end(clock)).toBe('failed');
  expect(session.state).toMatchObject({ reason: { condition: 'conflict' } });
  if (taken.ok) accounts.remove(taken.value);
  expect(await end(clock)).toBe('online');
  expect(registrations()).toBe(2);
});

it('asks again for an account that the server refused for now', async () => {
  const { accounts } = server.domain;
  const register = accounts.register.bind(accounts);
  accounts.register = () => err('not-acceptable');
  const { clock, registrations } = newcomer(0);
  expect(await end(clock)).toBe('failed');
  accounts.register = register;
  expect(await end(clock)).toBe('online');
  expect(registrations()).toBe(2);
});
