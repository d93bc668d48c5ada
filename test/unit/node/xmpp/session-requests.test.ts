import type { Element } from '@xmpp/xml';
import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../../../agent/hypervisor/simulated/manual-clock.ts';
import { err, ok } from '../../../../core/lib/result.ts';
import { el } from '../../../../core/xml/element.ts';
import { stanzaError } from '../../../../node/xmpp/stanza-error.ts';
import { FaultServer } from '../../../support/fault-server.ts';
import type { Faults } from '../../../support/faults.ts';
import { sessionsOn } from './fault-session.ts';

const sessionOn = sessionsOn();
const PAYLOAD = el('query', { xmlns: 'test:question' });
const AGENT = 'agent@fault.test/host';

/** Answers each request with a text made from it. */
function answering(write: (id: string, stanza: Element) => string): Faults {
  return {
    onStanza: (stanza, stream) => {
      if (stanza.name === 'iq') stream.write(write(String(stanza.attrs['id']), stanza));
    },
  };
}

describe('requests', () => {
  it('give an error that comes before the write is done to who asked', async () => {
    const faults = answering(
      (id) => `<iq type='error' id='${id}' from='${AGENT}'><error code='-42' type='cancel'>
        <archipel-error-generic xmlns='archipel:error:generic'/><text>no</text></error></iq>`,
    );
    const session = sessionOn(new FaultServer(faults));
    await session.connect();
    expect(await session.request(AGENT, 'get', PAYLOAD)).toEqual({
      ok: false,
      error: {
        code: 'stanza-error',
        type: 'cancel',
        condition: undefined,
        text: 'no',
        application: { name: 'archipel-error-generic', namespace: 'archipel:error:generic' },
        legacyCode: -42,
        element: el('error', { code: '-42', type: 'cancel', xmlns: 'jabber:client' }, [
          el('archipel-error-generic', { xmlns: 'archipel:error:generic' }),
          el('text', {}, ['no']),
        ]),
      },
    });
    expect(session.state.kind).toBe('online');
  });

  it('ignore an answer from somebody else who guessed the id', async () => {
    const faults = answering((id) => {
      const forged = `<iq type='result' id='${id}' from='mallory@fault.test/x'><forged/></iq>`;
      const nobody = `<iq type='result' id='${id}'><forged/></iq>`;
      return `${forged}${nobody}<iq type='result' id='${id}' from='${AGENT}'><genuine/></iq>`;
    });
    const session = sessionOn(new FaultServer(faults));
    const forged: string[] = [];
    session.on('replyForged', ({ from }) => forged.push(from));
    await session.connect();
    const answer = await session.request(AGENT, 'get', PAYLOAD);
    expect(answer.ok && answer.value.children()[0]?.name).toBe('genuine');
    expect(forged).toEqual(['mallory@fault.test/x', '']);
  });

  it.each([
    ["from='user@fault.test'", true],
    ["from='USER@Fault.Test/made'", true],
    ["from='fault.test'", true],
    ['', true],
    ["from='other@fault.test'", false],
  ])('to the own account take an answer %s: %s', async (from, isTaken) => {
    const faults = answering((id) => `<iq type='result' id='${id}' ${from}/>`);
    const clock = new ManualClock(0);
    const server = new FaultServer(faults);
    const session = sessionOn(server, { clock });
    await session.connect();
    const answer = session.request(undefined, 'get', PAYLOAD, { timeoutMs: 1000 });
    if (!isTaken) {
      const forged = new Promise((resolve) => session.on('replyForged', resolve));
      await forged;
      clock.step(1000);
    }
    expect((await answer).ok).toBe(isTaken);
  });

  it('made while offline were not sent', async () => {
    const session = sessionOn(new FaultServer());
    expect(await session.request(AGENT, 'set', PAYLOAD)).toEqual({
      ok: false,
      error: { code: 'not-sent', because: 'offline' },
    });
    expect(await session.send(el('presence'))).toEqual({
      ok: false,
      error: { code: 'not-sent', because: 'offline' },
    });
  });

  it.each(['', '@', 'agent@', '/host'])(
    'to "%s", which is no address, are not sent',
    async (to) => {
      const session = sessionOn(new FaultServer());
      await session.connect();
      expect(await session.request(to, 'get', PAYLOAD)).toEqual({
        ok: false,
        error: { code: 'not-sent', because: 'bad-address' },
      });
      expect(session.state.kind).toBe('online');
    },
  );

  it('end at once when a link dies that cannot be resumed', async () => {
    const server = new FaultServer();
    const session = sessionOn(server, { clock: new ManualClock(0) });
    await session.connect();
    const [change, question] = [
      session.request(AGENT, 'set', PAYLOAD),
      session.request(AGENT, 'get', PAYLOAD),
    ];
    await server.stream.stanza((stanza) => stanza.attrs['type'] === 'get');
    server.stream.cut();
    expect(await Promise.all([change, question])).toEqual([
      { ok: false, error: { code: 'unknown-outcome', because: 'disconnected' } },
      { ok: false, error: { code: 'disconnected' } },
    ]);
    expect(session.pendingCount).toBe(0);
  });

  it('time out, and say of a change that its outcome is unknown', async () => {
    const clock = new ManualClock(0);
    const server = new FaultServer();
    const session = sessionOn(server, { clock, keepAlive: { idleMs: 1e9 } });
    await session.connect();
    const change = session.request(AGENT, 'set', PAYLOAD, { timeoutMs: 500 });
    const question = session.request(AGENT, 'get', PAYLOAD);
    await server.stream.stanza((stanza) => stanza.attrs['type'] === 'get');
    clock.step(30_000);
    expect(await Promise.all([change, question])).toEqual([
      { ok: false, error: { code: 'unknown-outcome', because: 'timeout' } },
      { ok: false, error: { code: 'timeout' } },
    ]);
  });

  it('can be cancelled, before and after they are sent', async () => {
    const server = new FaultServer();
    const session = sessionOn(server);
    await session.connect();
    const early = await session.request(AGENT, 'set', PAYLOAD, { signal: AbortSignal.abort() });
    const controller = new AbortController();
    const { signal } = controller;
    const late = ['get', 'set'] as const;
    const pending = late.map(async (type) => session.request(AGENT, type, PAYLOAD, { signal }));
    controller.abort();
    expect([early, ...(await Promise.all(pending))]).toEqual([
      { ok: false, error: { code: 'cancelled' } },
      { ok: false, error: { code: 'cancelled' } },
      { ok: false, error: { code: 'unknown-outcome', because: 'cancelled' } },
    ]);
  });
});

describe('requests from others', () => {
  async function ask(
    type: string,
    payload: string,
    prepare: (session: ReturnType<typeof sessionOn>) => void = () => undefined,
  ): Promise<string> {
    const server = new FaultServer();
    const session = sessionOn(server);
    prepare(session);
    await session.connect();
    server.stream.write(`<iq type='${type}' id='q1' from='${AGENT}'>${payload}</iq>`);
    const answer = await server.stream.stanza((stanza) => stanza.attrs['id'] === 'q1');
    return answer.toString();
  }

  it('are answered when they ask for a sign of life', async () => {
    expect(await ask('get', "<ping xmlns='urn:xmpp:ping'/>")).toBe(
      `<iq type="result" id="q1" to="${AGENT}"/>`,
    );
  });

  it('are refused when nobody handles them', async () => {
    const answer = await ask('set', "<query xmlns='archipel:nosuch'><archipel/></query>");
    expect(answer).toContain('type="error"');
    expect(answer).toContain('code="501"');
    expect(answer).toContain('<feature-not-implemented');
  });

  it('are refused when they ask nothing', async () => {
    expect(await ask('get', '')).toContain('<bad-request');
  });

  it('reach their handler and get what it gives', async () => {
    const answer = await ask('set', "<query xmlns='test:do'><run/></query>", (session) => {
      session.onIq('test:do', ({ from, type, payload }) => {
        const [child] = payload.children();
        return ok(el('done', { xmlns: 'test:do', from, type, child: child?.name }));
      });
    });
    expect(answer).toContain(`<done xmlns="test:do" from="${AGENT}" type="set" child="run"/>`);
  });

  it('are refused with the error of their handler, with an echo where it wants one', async () => {
    const answer = await ask('set', "<query xmlns='test:do'><run n='1'/></query>", (session) => {
      session.onIq('test:do', () => {
        return err({ error: stanzaError('auth', 'forbidden'), echo: true });
      });
    });
    expect(answer).toContain('<query xmlns="test:do"><run n="1"/></query><error type="auth"');
  });

  it('are answered although their handler has a bug, which is reported', async () => {
    const bugs: unknown[] = [];
    const server = new FaultServer();
    const session = sessionOn(server, {}, (cause) => bugs.push(cause));
    session.onIq('test:do', () => {
      throw new Error('bug');
    });
    await session.connect();
    server.stream.write(`<iq type='get' id='q1' from='${AGENT}'><q xmlns='test:do'/></iq>`);
    const answer = await server.stream.stanza((stanza) => stanza.attrs['id'] === 'q1');
    expect(answer.toString()).toContain('<internal-server-error');
    expect(bugs).toEqual([new Error('bug')]);
  });
});
