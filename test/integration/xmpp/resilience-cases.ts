import { afterAll, beforeAll, expect, it } from 'vitest';
import { ok } from '../../../core/lib/result.ts';
import { el, type ElementReader } from '../../../core/xml/element.ts';
import { childText } from '../../../node/xmpp/elements.ts';
import { fetchVersion } from '../../../node/xmpp/entity-version.ts';
import type { XmppSession } from '../../../node/xmpp/session.ts';
import type { SessionState } from '../../../node/xmpp/session-types.ts';
import { TcpProxy } from '../../support/tcp-proxy.ts';
import type { TestUser, XmppServerDescription } from '../../support/xmpp-daemon.ts';
import { expectOk } from '../../support/expect-result.ts';
import { Heard } from './heard.ts';
import { Visitors } from './visitors.ts';

/** A server that tests may restart. */
export interface RestartableServer {
  readonly description: XmppServerDescription;
  startProcess(): Promise<void>;
  stopProcess(signal?: NodeJS.Signals): Promise<void>;
}

/** What happens when networks and servers fail: on a server that resumes streams and restarts. */
export function resilienceCases(server: () => RestartableServer): void {
  const visitors = new Visitors(() => server().description);
  const user = (index: number): TestUser => server().description.users[index]!;
  let proxy: TcpProxy;

  beforeAll(async () => {
    proxy = await TcpProxy.start(() => server().description.port);
  });

  afterAll(async () => {
    await proxy.stop();
  });

  const throughProxy = () => ({
    endpoint: { host: '127.0.0.1', port: proxy.port },
    random: () => 0,
  });

  function statesOf(session: XmppSession): Heard<SessionState> {
    return new Heard<SessionState>((listener) => session.on('stateChanged', listener));
  }

  it('resumes after a cut, and keeps what was asked before it', async () => {
    const client = await visitors.online(user(0), throughProxy());
    const agent = await visitors.online(user(1), { resource: 'slow' });
    const states = statesOf(client);
    const jid = client.fullJid;
    let release: () => void = () => undefined;
    const asked = new Promise<void>((resolve) => {
      agent.onIq('test:slow', async () => {
        resolve();
        await new Promise<void>((go) => (release = go));
        return ok(el('done', { xmlns: 'test:slow' }));
      });
    });
    const answer = client.request(agent.fullJid, 'set', el('go', { xmlns: 'test:slow' }));
    await asked;
    proxy.cut();
    expect(await states.next(({ kind }) => kind === 'waiting')).toMatchObject({ resumable: true });
    expect(client.fullJid).toBe(jid);
    release();
    expect(await states.next(({ kind }) => kind === 'online')).toEqual({
      kind: 'online',
      jid,
      resumed: true,
    });
    expect(expectOk(await answer).children()[0]?.name).toBe('done');
  });

  it('delivers what came while the link was down', async () => {
    const client = await visitors.online(user(0), throughProxy());
    expectOk(await client.send(el('presence')));
    const sender = await visitors.online(user(1));
    const states = statesOf(client);
    const messages = new Heard<ElementReader>((listener) => client.on('message', listener));
    const send = async (text: string) =>
      sender.send(el('message', { to: client.fullJid!, type: 'chat' }, [el('body', {}, [text])]));
    expectOk(await send('before'));
    await messages.next((message) => childText(message, 'body') === 'before');
    proxy.cut();
    await states.next(({ kind }) => kind === 'waiting');
    expectOk(await send('meanwhile'));
    await states.next(({ kind }) => kind === 'online');
    await messages.next((message) => childText(message, 'body') === 'meanwhile');
  });

  it('notices a link that froze, and resumes it', async () => {
    const client = await visitors.online(user(0), {
      ...throughProxy(),
      keepAlive: { idleMs: 60_000, answerMs: 100 },
    });
    const states = statesOf(client);
    proxy.freeze();
    client.networkChanged();
    expect(await states.next(({ kind }) => kind === 'waiting')).toMatchObject({
      reason: { code: 'no-answer' },
      resumable: true,
    });
    expect(await states.next(({ kind }) => kind === 'online')).toMatchObject({ resumed: true });
  });

  it('starts anew after the server restarted, and says so', async () => {
    const client = await visitors.online(user(0), throughProxy());
    const resyncs = new Heard<{ jid: string }>((listener) => client.on('resynced', listener));
    const states = statesOf(client);
    await server().stopProcess();
    await states.next(({ kind }) => kind === 'waiting');
    await server().startProcess();
    expect(await states.next(({ kind }) => kind === 'online')).toMatchObject({ resumed: false });
    expect((await resyncs.next(() => true)).jid).toBe(client.fullJid);
    const version = await fetchVersion(client, server().description.domain);
    expect(version).toMatchObject({ ok: true });
  });

  it('does not know the outcome of a change when the server died over it', async () => {
    const client = await visitors.online(user(0), throughProxy());
    const agent = await visitors.online(user(1), { resource: 'slow' });
    const seen = new Promise<void>((resolve) => {
      agent.onIq('test:never', async () => {
        resolve();
        return new Promise(() => undefined);
      });
    });
    const payload = el('go', { xmlns: 'test:never' });
    const change = client.request(agent.fullJid, 'set', payload);
    const question = client.request(agent.fullJid, 'get', payload);
    await seen;
    await server().stopProcess('SIGKILL');
    await server().startProcess();
    expect(await change).toEqual({
      ok: false,
      error: { code: 'unknown-outcome', because: 'disconnected' },
    });
    expect(await question).toEqual({ ok: false, error: { code: 'disconnected' } });
  });
}
