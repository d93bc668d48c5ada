import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../../../agent/hypervisor/simulated/manual-clock.ts';
import { el } from '../../../../core/xml/element.ts';
import { backoffMs } from '../../../../node/xmpp/backoff.ts';
import type { XmppSession } from '../../../../node/xmpp/session.ts';
import type { SessionOptions } from '../../../../node/xmpp/session-options.ts';
import type { SessionState } from '../../../../node/xmpp/session-types.ts';
import { FaultServer } from '../../../support/fault-server.ts';
import type { Faults } from '../../../support/faults.ts';
import { sessionsOn } from './fault-session.ts';

const sessionOn = sessionsOn();
const PATIENCE = { timeout: 10_000 };
const AGENT = 'agent@fault.test/host';
const PAYLOAD = el('query', { xmlns: 'test:question' });

async function next(session: XmppSession, kind: SessionState['kind']): Promise<SessionState> {
  return new Promise((resolve) => {
    const stop = session.on('stateChanged', (state) => {
      if (state.kind !== kind) return;
      stop();
      resolve(state);
    });
  });
}

interface Scene {
  readonly clock: ManualClock;
  readonly server: FaultServer;
  readonly session: XmppSession;
  readonly told: string[];
}

async function online(faults: Faults, options: Partial<SessionOptions> = {}): Promise<Scene> {
  const clock = new ManualClock(0);
  const server = new FaultServer(faults);
  const session = sessionOn(server, { clock, random: () => 0.5, ...options });
  const told: string[] = [];
  session.on('resumed', () => told.push('resumed'));
  session.on('resynced', () => told.push('resynced'));
  await session.connect();
  return { clock, server, session, told };
}

async function cutAndReturn({ clock, server, session }: Scene): Promise<SessionState> {
  const waiting = next(session, 'waiting');
  server.stream.cut();
  await waiting;
  const back = next(session, 'online');
  clock.step(1000);
  return back;
}

describe('a session whose link is lost', () => {
  it('resumes the stream, says so, and keeps its JID', async () => {
    const scene = await online({ streamManagement: 'resumes' });
    expect(scene.session.facts?.streamManagement).toBe('resumable');
    expect(await cutAndReturn(scene)).toEqual({
      kind: 'online',
      jid: 'user@fault.test/made',
      resumed: true,
    });
    expect(scene.told).toEqual(['resumed']);
  });

  it('keeps requests pending through a resume, and sends no stanza twice', async () => {
    const scene = await online({ streamManagement: 'resumes' });
    const { server, session } = scene;
    const answer = session.request(AGENT, 'set', PAYLOAD);
    const asked = await server.stream.stanza((stanza) => stanza.name === 'iq');
    await cutAndReturn(scene);
    server.stream.write(
      `<iq type='result' from='${AGENT}' id='${String(asked.attrs['id'])}'><done/></iq>`,
    );
    expect((await answer).ok).toBe(true);
    expect(server.streams.map((stream) => stream.received.length)).toEqual([1, 0]);
  });

  it('sends again after a resume what the server had not received', async () => {
    const scene = await online({ streamManagement: 'resumes' });
    const { server, session } = scene;
    void session.request(AGENT, 'set', PAYLOAD);
    await server.stream.stanza((stanza) => stanza.name === 'iq');
    // As if it had been lost on the way.
    server.resumable.set('stream-1', 0);
    await cutAndReturn(scene);
    const again = await server.stream.stanza((stanza) => stanza.name === 'iq');
    expect(again.toString()).toBe(server.streams[0]?.received[0]?.toString());
  });

  it('begins anew when it cannot resume, and ends what was pending', async () => {
    const scene = await online({ streamManagement: 'resumes' });
    const { server, session } = scene;
    const change = session.request(AGENT, 'set', PAYLOAD);
    const question = session.request(AGENT, 'get', PAYLOAD);
    await server.stream.stanza((stanza) => stanza.attrs['type'] === 'get');
    server.faults = { streamManagement: 'refuses' };
    expect(await cutAndReturn(scene)).toMatchObject({ resumed: false });
    expect(scene.told).toEqual(['resynced']);
    expect(await Promise.all([change, question])).toEqual([
      { ok: false, error: { code: 'unknown-outcome', because: 'disconnected' } },
      { ok: false, error: { code: 'disconnected' } },
    ]);
  });

  it('resumes also when an attempt in between fails', async () => {
    const scene = await online({ streamManagement: 'resumes' });
    const { clock, server, session } = scene;
    const waiting = next(session, 'waiting');
    server.stream.cut();
    await waiting;
    server.faults = { streamManagement: 'resumes', refusesLogin: 'temporary-auth-failure' };
    const failed = next(session, 'waiting');
    clock.step(1000);
    expect(await failed).toMatchObject({ resumable: true, attempt: 2 });
    server.faults = { streamManagement: 'resumes' };
    const back = next(session, 'online');
    clock.step(10_000);
    expect(await back).toMatchObject({ resumed: true });
  });

  it('waits longer from attempt to attempt, and little again once a link held', async () => {
    const scene = await online({});
    const { clock, server, session } = scene;
    const delays: number[] = [];
    session.on('stateChanged', (state) => {
      if (state.kind === 'waiting') delays.push(state.retryAt - clock.now());
    });
    server.faults = { refusesLogin: 'temporary-auth-failure' };
    let waiting = next(session, 'waiting');
    server.stream.cut();
    await waiting;
    for (let attempt = 0; attempt < 8; attempt += 1) {
      waiting = next(session, 'waiting');
      clock.step(60_000);
      await waiting;
    }
    server.faults = {};
    const back = next(session, 'online');
    clock.step(60_000);
    await back;
    clock.step(30_000);
    waiting = next(session, 'waiting');
    server.stream.cut();
    await waiting;
    expect(delays).toEqual([500, 1000, 2000, 4000, 8000, 15_000, 15_000, 15_000, 15_000, 250]);
  });

  it('does not try again when it was told not to', async () => {
    const { server, session } = await online({}, { reconnect: { maxDelayMs: 0 } });
    const failed = next(session, 'failed');
    server.stream.cut();
    expect(await failed).toEqual({ kind: 'failed', reason: { code: 'link-closed' } });
  });

  it('tries at once when the network changed', async () => {
    const { server, session } = await online({});
    const waiting = next(session, 'waiting');
    server.stream.cut();
    await waiting;
    const back = next(session, 'online');
    session.networkChanged();
    expect(await back).toMatchObject({ kind: 'online' });
  });

  it('tries nothing while the computer sleeps, and at once when it wakes', async () => {
    const { clock, server, session } = await online({});
    session.suspended();
    const waiting = next(session, 'waiting');
    server.stream.cut();
    await waiting;
    clock.step(3_600_000);
    expect([server.streams.length, session.state.kind]).toEqual([1, 'waiting']);
    const back = next(session, 'online');
    session.woke();
    await back;
    expect(server.streams).toHaveLength(2);
  });
});

describe('a link that is silent', () => {
  it.each([{}, { streamManagement: 'resumes' }] as const)(
    'is asked after a minute, and kept when it answers (%o)',
    async (faults) => {
      let pings = 0;
      const { clock, server, session } = await online({
        ...faults,
        onStanza: (stanza, stream) => {
          const id = String(stanza.attrs['id']);
          stream.write(`<iq type='result' id='${id}' from='fault.test'/>`);
          pings += 1;
        },
      });
      clock.step(60_000);
      await expect.poll(() => pings + server.stream.acknowledgements, PATIENCE).toBe(1);
      clock.step(59_000);
      expect([session.state.kind, server.streams.length]).toEqual(['online', 1]);
    },
  );

  it('is given up when it does not answer in time', async () => {
    const { clock, session } = await online({});
    const waiting = next(session, 'waiting');
    clock.step(60_000);
    expect(session.state.kind).toBe('online');
    clock.step(20_000);
    expect(await waiting).toMatchObject({ reason: { code: 'no-answer' } });
  });

  it.each(['header', 'features', 'challenge', 'bind'] as const)(
    'is given up when it says no %s',
    async (silentAt) => {
      const clock = new ManualClock(0);
      const server = new FaultServer({ silentAt });
      const session = sessionOn(server, { clock });
      const outcome = session.connect();
      const reached = { header: 0, features: 0, challenge: 1, bind: 2 }[silentAt];
      await server.connections(1);
      await expect.poll(() => server.stream.restarts, PATIENCE).toBe(reached === 2 ? 1 : 0);
      await expect
        .poll(() => session.state, PATIENCE)
        .toMatchObject({
          step: reached === 2 ? 'binding' : 'authenticating',
        });
      clock.step(15_000);
      expect(await outcome).toEqual({ ok: false, error: { code: 'no-answer' } });
    },
  );
});

describe('leaving', () => {
  it('closes the stream and stays away', async () => {
    const { clock, server, session } = await online({ streamManagement: 'resumes' });
    const pending = session.request(AGENT, 'get', PAYLOAD);
    await session.disconnect();
    expect(await pending).toEqual({ ok: false, error: { code: 'disconnected' } });
    clock.step(3_600_000);
    expect([session.state, server.streams.length]).toEqual([{ kind: 'offline' }, 1]);
  });

  it('ends an attempt that is under way', async () => {
    const server = new FaultServer({ silentAt: 'features' });
    const session = sessionOn(server);
    const outcome = session.connect();
    await server.connections(1);
    await session.disconnect();
    expect(await outcome).toEqual({ ok: false, error: { code: 'link-closed' } });
    expect(session.state).toEqual({ kind: 'offline' });
  });

  it('can be followed by a new login', async () => {
    const { session, server } = await online({});
    await session.disconnect();
    expect((await session.connect()).ok).toBe(true);
    expect(server.streams).toHaveLength(2);
  });
});

describe('the time between attempts', () => {
  it('is random and at most the limit', () => {
    expect([1, 3, 20].map((attempt) => backoffMs(attempt, 30_000, () => 0.999))).toEqual([
      999, 3996, 29_970,
    ]);
    expect(backoffMs(9, 30_000, () => 0)).toBe(0);
  });
});
