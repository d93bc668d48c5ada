import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Action } from '../../../core/protocol/define-action.ts';
import { hypervisorControl } from '../../../core/protocol/hypervisor-control.ts';
import { vmConsole } from '../../../core/protocol/vm-console.ts';
import { vmControl } from '../../../core/protocol/vm-control.ts';
import { vnc } from '../../../core/protocol/vnc.ts';
import { parseJid } from '../../../core/domain/jid.ts';
import type { XmppSession } from '../../../node/xmpp/session.ts';
import { askEntity } from '../../support/ask-entity.ts';
import { expectErr, expectOk } from '../../support/expect-result.ts';
import { waitFor } from '../../support/libvirtd.ts';
import { bytesOf, closeCode, openWebSocket } from '../../support/web-socket-client.ts';
import { DOMAIN, TestAgent, testConfiguration, worldOf } from './test-agent.ts';

const HYPERVISOR = `atoll@${DOMAIN}/atoll`;
const ISLE = '11111111-2222-4333-8444-555555555555';
const BARE = '99999999-2222-4333-8444-555555555555';
const MODULE = 'vnc = True\n[GLOBAL]\nmachine_ip = 192.0.2.7';

describe('the screen of a machine', () => {
  let screen: Server;
  let screenPort: number;
  let viewers: Socket[];
  let platform: TestAgent;
  let admin: XmppSession;

  /** What stands for the guest's screen: it greets, and repeats what it hears. */
  beforeEach(async () => {
    viewers = [];
    screen = createServer((socket) => {
      viewers.push(socket);
      socket.on('error', () => socket.destroy());
      socket.write('hello');
      socket.pipe(socket);
    });
    await new Promise<void>((done) => screen.listen(0, '127.0.0.1', done));
    screenPort = (screen.address() as { port: number }).port;
  });

  afterEach(async () => {
    await platform.stop();
    for (const viewer of viewers) viewer.destroy();
    screen.close();
  });

  const isleXml = (graphics: string): string =>
    [
      `<domain type='qemu'><name>isle</name><uuid>${ISLE}</uuid>`,
      `<memory unit='KiB'>524288</memory><vcpu>1</vcpu>`,
      `<os><type arch='x86_64'>hvm</type></os><devices>${graphics}</devices></domain>`,
    ].join('');

  const graphics = (more = ''): string =>
    `<graphics type='vnc' port='${screenPort}' autoport='no' ${more}/>`;

  const jidOf = (uuid: string): string => `${uuid}@${DOMAIN}/atoll`;

  const begin = async (
    configuration = MODULE,
    devices = graphics(`listen='127.0.0.1'`),
  ): Promise<void> => {
    const world = worldOf(
      { xml: isleXml(devices), state: 'running' },
      { xml: isleXml('').replace(ISLE, BARE).replace('isle', 'bare'), state: 'running' },
    );
    platform = await TestAgent.start({ world, configuration: testConfiguration(configuration) });
    admin = await platform.session('admin');
    await waitFor('the hypervisor to be online', 5000, () => platform.isOnline(HYPERVISOR));
    const machines = [ISLE, BARE].map((uuid) => ({ jid: parseJid(`${uuid}@${DOMAIN}`)!.bare }));
    expectOk(await ask(HYPERVISOR, hypervisorControl.manage, { machines }));
    for (const uuid of [ISLE, BARE]) {
      await waitFor(`${uuid} to be online`, 5000, () => platform.isOnline(jidOf(uuid)));
    }
  };

  const ask = <Request, Reply>(to: string, action: Action<Request, Reply>, request: Request) =>
    askEntity(admin, to, action, request);

  const display = async () => expectOk(await ask(jidOf(ISLE), vnc.display, {}));
  const open = async () => expectOk(await ask(jidOf(ISLE), vmConsole.open, {}));

  const served = async (): Promise<number> => {
    let port = -1;
    await waitFor('a proxy', 5000, async () => {
      port = (await display()).proxyPort ?? -1;
      return port !== -1;
    });
    return port;
  };

  const connected = (port: number, token?: string) =>
    openWebSocket({
      url: `ws://127.0.0.1:${port}/${token === undefined ? '' : `?token=${token}`}`,
      protocols: ['binary'],
    });

  it('is told as original clients expect it', async () => {
    await begin();
    const proxyPort = await served();
    expect(await display()).toEqual({
      type: 'vnc',
      port: screenPort,
      proxyPort,
      host: '192.0.2.7',
      onlyTls: false,
      supportsTls: true,
    });
  });

  it('has no ports while the machine is off, and is served again when it starts', async () => {
    await begin();
    await served();
    expectOk(await ask(jidOf(ISLE), vmControl.destroy, {}));
    const off = { type: 'vnc', port: -1, proxyPort: -1, onlyTls: false, supportsTls: false };
    await waitFor('the proxy to go', 5000, () => {
      return platform.lines.some((line) => line.includes('VNC the screen is served no more'));
    });
    expect(await display()).toMatchObject(off);
    expect(expectErr(await ask(jidOf(ISLE), vmConsole.open, {}))).toMatchObject({
      code: 'vm-not-running',
    });
    expectOk(await ask(jidOf(ISLE), vmControl.create, {}));
    expect(await served()).toBeGreaterThan(0);
  });

  it('stays open while the machine is paused', async () => {
    await begin();
    const socket = await connected(await served(), (await open()).token);
    expectOk(await ask(jidOf(ISLE), vmControl.suspend, {}));
    expectOk(await ask(jidOf(ISLE), vmControl.resume, {}));
    expect(socket).toMatchObject({ readyState: 1 });
  });

  it('is nothing for a machine without one', async () => {
    await begin();
    expect(expectOk(await ask(jidOf(BARE), vnc.display, {}))).toEqual({});
    expect(expectErr(await ask(jidOf(BARE), vmConsole.open, {}))).toMatchObject({
      code: 'console-no-screen',
    });
  });

  it('opens with a token, once', async () => {
    await begin();
    const { token, transports, expiresInSeconds, fingerprint } = await open();
    const [proxy, direct] = transports;
    expect({ transports, expiresInSeconds, fingerprint }).toEqual({
      transports: [
        { kind: 'websocket', host: '127.0.0.1', port: proxy!.port, reach: 'host', tls: 'optional' },
        { kind: 'tcp', host: '127.0.0.1', port: screenPort, reach: 'host', tls: 'none' },
      ],
      expiresInSeconds: 30,
      fingerprint: expect.stringMatching(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/) as string,
    });
    expect(direct?.port).toBe(screenPort);
    const socket = await connected(proxy!.port, token);
    if (typeof socket === 'number') throw new Error(`Refused with ${socket}`);
    const stream = bytesOf(socket);
    const [greeting] = (await once(stream, 'data')) as [Buffer];
    expect(greeting.toString()).toBe('hello');
    expect(await connected(proxy!.port, token)).toBe(403);
    expect(await connected(proxy!.port)).toBe(403);
  });

  it('closes for its viewers when the machine stops', async () => {
    await begin();
    const socket = await connected(await served(), (await open()).token);
    if (typeof socket === 'number') throw new Error(`Refused with ${socket}`);
    const code = closeCode(socket);
    expectOk(await ask(jidOf(ISLE), vmControl.destroy, {}));
    expect(await code).toBe(1001);
  });

  it('opens for original clients without a token where that is configured', async () => {
    await begin(`vnc = True\n[VNC]\nvnc_original_clients = yes\nvnc_listen = 127.0.0.1`);
    expect(await connected(await served())).toMatchObject({ protocol: 'binary' });
    expect(platform.lines.join('\n')).toContain('whoever reaches a proxy sees its screen');
  });

  it('says from where it is reached when it is offered to the network', async () => {
    await begin(`${MODULE}\n[VNC]\nvnc_listen = 0.0.0.0\nvnc_only_ssl = yes`, graphics());
    const { transports } = await open();
    expect(transports[0]).toMatchObject({
      kind: 'websocket',
      host: '192.0.2.7',
      reach: 'network',
      tls: 'required',
    });
    expect(await display()).toMatchObject({ onlyTls: true, supportsTls: true });
  });

  it('gives its password and layout to who may open it', async () => {
    await begin(MODULE, graphics(`listen='127.0.0.1' keymap='fr' passwd='sesame'`));
    expect(await open()).toMatchObject({ keymap: 'fr', password: 'sesame' });
    expect(platform.lines.join('\n')).not.toContain('sesame');
  });

  it('has a text console beside it, which one at a time can use', async () => {
    await begin(MODULE, `<serial type='pty'/>${graphics()}`);
    const text = async (force?: boolean) =>
      expectOk(await ask(jidOf(ISLE), vmConsole.open, { kind: 'text', force }));
    const first = await text();
    expect(first).toMatchObject({ type: 'text', transports: [{ kind: 'websocket' }] });
    const port = first.transports[0]!.port;
    const one = await connected(port, first.token);
    if (typeof one === 'number') throw new Error(`Refused with ${one}`);
    const [greeting] = (await once(bytesOf(one), 'data')) as [Buffer];
    expect(greeting.toString()).toContain('isle login: ');
    expect(await connected(port, (await text()).token)).toBe(502);
    expect(platform.lines.join('\n')).toContain('Active console session exists');
    const code = closeCode(one);
    expect(await connected(port, (await text(true)).token)).toMatchObject({ readyState: 1 });
    expect(await code).toBe(1000);
  });

  it('is not needed for a text console', async () => {
    await begin(MODULE, `<serial type='pty'/>`);
    expect(expectErr(await ask(jidOf(ISLE), vmConsole.open, {}))).toMatchObject({
      code: 'console-no-screen',
    });
    const opened = expectOk(await ask(jidOf(ISLE), vmConsole.open, { kind: 'text' }));
    expect(await connected(opened.transports[0]!.port, opened.token)).toMatchObject({
      readyState: 1,
    });
  });

  it('shows keys that are pressed without it', async () => {
    await begin();
    const press = (...scancodes: string[]) =>
      ask(jidOf(ISLE), vmConsole.sendkeys, { scancodes, holdMs: undefined });
    expectOk(await press('10'));
    expect(platform.hypervisor.screenLines(ISLE)?.at(-1)).toBe('operator@isle:~$ q');
    expectOk(await press('1d', '38', 'd3'));
    expect(platform.hypervisor.screenLines(ISLE)?.[0]).toMatch(/^SeaBIOS/);
    const wrong = [await press(), await press('zz'), await press(...Array<string>(17).fill('10'))];
    expect(wrong.map((one) => expectErr(one).code)).toEqual(
      Array(3).fill('console-sendkeys-failed'),
    );
  });

  it('is not opened by who may not', async () => {
    await begin();
    const bob = await platform.session('bob');
    expect(expectErr(await askEntity(bob, jidOf(ISLE), vmConsole.open, {}))).toMatchObject({
      code: 'permission-denied',
    });
  });

  it('is served no more when the machine is given back', async () => {
    await begin();
    const port = await served();
    const machines = [{ jid: parseJid(`${ISLE}@${DOMAIN}`)!.bare }];
    expectOk(await ask(HYPERVISOR, hypervisorControl.unmanage, { machines }));
    await waitFor('the proxy to go', 5000, async () => (await connected(port)) === 0);
  });

  it('is not there at all where the module is switched off', async () => {
    await begin('vnc = False');
    expect(expectErr(await ask(jidOf(ISLE), vmConsole.open, {}))).toMatchObject({
      code: 'not-implemented',
      text: 'The module vnc is not loaded: vnc is switched off in section [MODULES]',
    });
  });
});
