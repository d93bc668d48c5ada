import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import { hypervisorControl } from '../../../core/protocol/hypervisor-control.ts';
import { vmConsole } from '../../../core/protocol/vm-console.ts';
import { vmControl } from '../../../core/protocol/vm-control.ts';
import { vnc } from '../../../core/protocol/vnc.ts';
import { connect } from 'node:net';
import { expectOk } from '../../support/expect-result.ts';
import { QEMU_PROGRAMS, TestLibvirtd, waitFor } from '../../support/libvirtd.ts';
import { PROSODY_PROGRAMS, TestProsody } from '../../support/prosody.ts';
import { requirePrograms } from '../../support/required-programs.ts';
import { greetRfb } from '../../support/rfb-greeting.ts';
import { bytesOf, closeCode, openWebSocket } from '../../support/web-socket-client.ts';
import { AgentBench } from './agent-bench.ts';
import { Observer } from './observer.ts';

const URI = 'qemu:///session';

const canRun = requirePrograms('Screens on QEMU', [...PROSODY_PROGRAMS, ...QEMU_PROGRAMS]);

describe.runIf(canRun)('the screen of a guest of QEMU', () => {
  const uuid = randomUUID();
  let server: TestProsody;
  let libvirtd: TestLibvirtd;
  let bench: AgentBench;
  let admin: Observer;
  let jid: string;

  beforeAll(async () => {
    server = await TestProsody.start();
    libvirtd = await TestLibvirtd.start();
    const { description } = server;
    admin = await Observer.online(description, description.admin);
    bench = await AgentBench.start({ server: description, libvirtd, uri: URI });
    await waitFor('the hypervisor to be online', 10_000, () => bench.isOnline(bench.jid));
    await admin.watch(bench.jid);
    const xml =
      `<domain type='qemu'><name>isle</name><uuid>${uuid}</uuid><memory>32768</memory>` +
      `<vcpu>1</vcpu><os><type arch='x86_64' machine='pc'>hvm</type></os><devices>` +
      `<graphics type='vnc' port='-1' autoport='yes' listen='127.0.0.1'/>` +
      `<video><model type='vga'/></video></devices></domain>`;
    await libvirtd.virsh(URI, 'define', await libvirtd.file('isle.xml', xml));
    const machines = [{ jid: `${uuid}@${description.domain}` }];
    expectOk(await admin.ask(bench.jid, hypervisorControl.manage, { machines }));
    jid = bench.machineJid(uuid);
    await waitFor('the machine to be online', 10_000, () => bench.isOnline(jid));
    await admin.watch(jid);
  });

  afterAll(async () => {
    await admin.stop();
    await bench.stop();
    await libvirtd.stop();
    await server.stop();
  });

  const display = async () => expectOk(await admin.ask(jid, vnc.display, {}));
  const open = async () => expectOk(await admin.ask(jid, vmConsole.open, {}));

  const start = async (): Promise<void> => {
    expectOk(await admin.ask(jid, vmControl.create, {}));
    await waitFor('the proxy', 20_000, async () => (await display()).proxyPort !== -1);
  };

  const viewer = async (scheme: 'ws' | 'wss', protocol: string): Promise<WebSocket> => {
    const { transports, token, fingerprint } = await open();
    const url = `${scheme}://127.0.0.1:${transports[0]!.port}/?token=${token}`;
    const pinned = scheme === 'wss' ? { fingerprint: fingerprint! } : {};
    const socket = await openWebSocket({ url, protocols: [protocol], ...pinned });
    if (typeof socket === 'number') throw new Error(`Refused with ${socket}`);
    return socket;
  };

  it('has no ports before it starts, and those of QEMU afterwards', async () => {
    expect(await display()).toMatchObject({ type: 'vnc', port: -1, proxyPort: -1 });
    await start();
    const port = Number((await libvirtd.virsh(URI, 'domdisplay', 'isle')).split(':').at(-1)) + 5900;
    expect(await display()).toMatchObject({ type: 'vnc', port, onlyTls: false, supportsTls: true });
    await waitFor('the push', 10_000, () =>
      admin.pushes.some((push) => push.includes('websocketvncstart')),
    );
  });

  it.each([
    ['ws', 'binary'],
    ['wss', 'binary'],
    ['ws', 'base64'],
    ['wss', 'base64'],
  ] as const)('greets a viewer by %s as %s', async (scheme, protocol) => {
    const socket = await viewer(scheme, protocol);
    const greeting = await greetRfb(bytesOf(socket));
    expect(greeting).toMatchObject({ version: 'RFB 003.008', name: 'QEMU (isle)' });
    expect(greeting.width).toBeGreaterThanOrEqual(640);
    socket.terminate();
  });

  it('is reached without the proxy from the hypervisor itself', async () => {
    const direct = (await open()).transports.find(({ kind }) => kind === 'tcp')!;
    expect(direct).toMatchObject({ reach: 'host', tls: 'none' });
    const socket = connect(direct.port, direct.host);
    expect(await greetRfb(socket)).toMatchObject({ name: 'QEMU (isle)' });
    socket.destroy();
  });

  it('is served again after the agent was restarted, while the guest runs on', async () => {
    const socket = await viewer('ws', 'binary');
    const code = closeCode(socket);
    await bench.agent.stop();
    expect(await code).toBe(1001);
    bench.lines.length = 0;
    await bench.startAgent();
    await waitFor('the machine to be online', 20_000, () => bench.isOnline(jid));
    await waitFor('the proxy', 20_000, async () => (await display()).proxyPort !== -1);
    const again = await viewer('wss', 'binary');
    expect(await greetRfb(bytesOf(again))).toMatchObject({ name: 'QEMU (isle)' });
    again.terminate();
  });

  it('closes when the machine stops', async () => {
    const code = closeCode(await viewer('ws', 'binary'));
    expectOk(await admin.ask(jid, vmControl.destroy, {}));
    expect(await code).not.toBe(1006);
    await waitFor('the push', 10_000, () =>
      admin.pushes.some((push) => push.includes('websocketvncstop')),
    );
    expect(await display()).toMatchObject({ port: -1, proxyPort: -1, supportsTls: false });
  });
});
