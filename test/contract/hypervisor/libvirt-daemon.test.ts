import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ConnectionEvent } from '../../../agent/hypervisor/hypervisor.ts';
import { LibvirtHypervisor } from '../../../agent/hypervisor/libvirt/libvirt-hypervisor.ts';
import { openChannel } from '../../../agent/hypervisor/libvirt/open-channel.ts';
import { systemClock } from '../../../node/xmpp/clock.ts';
import { LIBVIRTD_PROGRAMS, TestLibvirtd, waitFor } from '../../support/libvirtd.ts';
import { requirePrograms } from '../../support/required-programs.ts';
import { valueOf } from './bench.ts';

const GROUP = 'a libvirt daemon';
const DOMAINS = 200;

describe.runIf(requirePrograms(GROUP, LIBVIRTD_PROGRAMS))(GROUP, () => {
  let daemon: TestLibvirtd;
  let hypervisor: LibvirtHypervisor;

  beforeEach(async () => {
    daemon = await TestLibvirtd.start();
    hypervisor = new LibvirtHypervisor({
      uri: { name: 'test:///default', sockets: [daemon.socket] },
      keepAlive: { intervalMs: 200, maxUnanswered: 5 },
      openTimeoutMs: 2000,
      onThrown: (cause) => {
        throw cause;
      },
    });
  });

  afterEach(async () => {
    await hypervisor.close();
    await daemon.stop();
  });

  const next = (state: ConnectionEvent['state']): Promise<ConnectionEvent> =>
    new Promise((settle) => {
      const stop = hypervisor.onConnection((event) => {
        if (event.state !== state) return;
        stop();
        settle(event);
      });
    });

  it('that hangs is noticed, and found again when it goes on', async () => {
    valueOf(await hypervisor.connect());
    const down = next('disconnected');
    daemon.signal('SIGSTOP');
    const pending = hypervisor.nodeInfo();
    expect(await down).toEqual({
      state: 'disconnected',
      error: { code: 'disconnected', message: 'The hypervisor daemon no longer answers' },
    });
    expect(await pending).toEqual({
      ok: false,
      error: { code: 'disconnected', message: 'The hypervisor daemon no longer answers' },
    });
    const up = next('connected');
    daemon.signal('SIGCONT');
    expect((await up).state).toEqual('connected');
    valueOf(await hypervisor.nodeInfo());
  });

  it('answers our questions whether it lives', async () => {
    let asked = 0;
    const closed: unknown[] = [];
    const uri = { name: 'test:///default', sockets: [daemon.socket] };
    const opened = await openChannel(
      uri,
      { openTimeoutMs: 5000, signal: new AbortController().signal },
      {
        clock: {
          ...systemClock,
          after: (delayMs, run) => {
            asked += 1;
            return systemClock.after(delayMs, run);
          },
        },
        keepAlive: { intervalMs: 20, maxUnanswered: 50 },
        onMessage: () => undefined,
        onClosed: (error) => closed.push(error),
      },
    );
    // Were they not answered, fifty would be the end.
    await waitFor('a hundred questions', 20_000, () => asked > 100 || closed.length > 0);
    expect(closed).toEqual([]);
    if (opened.ok) opened.value.close('The test is over');
  });

  it('that is not there yet is found when it comes', async () => {
    await daemon.stopProcess();
    const up = next('connected');
    expect(await hypervisor.connect()).toEqual({
      ok: false,
      error: {
        code: 'disconnected',
        message: `No hypervisor daemon listens at ${daemon.socket}`,
      },
    });
    await daemon.startProcess();
    expect((await up).state).toEqual('connected');
  });

  it('that is killed comes back with its events', async () => {
    valueOf(await hypervisor.connect());
    const down = next('disconnected');
    await daemon.stopProcess('SIGKILL');
    await down;
    const up = next('connected');
    await daemon.startProcess();
    await up;
    const told = new Promise((settle) => hypervisor.domains.onEvent(({ event }) => settle(event)));
    await daemon.virsh('test:///default', 'suspend', 'test');
    expect(await told).toEqual('suspended');
  });

  it('answers many calls at once, each with its own', async () => {
    valueOf(await hypervisor.connect());
    const uuids = Array.from({ length: DOMAINS }, () => randomUUID());
    const defined = await Promise.all(
      uuids.map((uuid, at) =>
        hypervisor.domains.defineXml(
          `<domain type='test'><name>many-${at}</name><uuid>${uuid}</uuid>` +
            `<memory>${1024 * (at + 1)}</memory><os><type>hvm</type></os></domain>`,
        ),
      ),
    );
    const infos = await Promise.all(uuids.map((uuid) => hypervisor.domains.info(uuid)));
    expect(defined.map((answer) => valueOf(answer).uuid)).toEqual(uuids);
    expect(infos.map((answer) => valueOf(answer).maxMemoryKiB)).toEqual(
      uuids.map((_, at) => 1024 * (at + 1)),
    );
    // The driver's own "test" is one more.
    expect(valueOf(await hypervisor.domains.list()).length).toEqual(DOMAINS + 1);
  });
});
