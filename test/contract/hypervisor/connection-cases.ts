import { expect, it } from 'vitest';
import type { ConnectionEvent, Hypervisor } from '../../../agent/hypervisor/hypervisor.ts';
import { valueOf, type Bench } from './bench.ts';
import type { Expected } from './subject.ts';

/** Connecting, losing the daemon and finding it again. These come last: they end the subject. */
export function connectionCases(bench: Bench, expected: Expected): void {
  it('says who answers', async () => {
    const identity = valueOf(await bench.subject.hypervisor.connect());
    expect(identity).toEqual({
      uri: identity.uri,
      hostname: identity.hostname,
      driver: expected.driver,
      driverVersion: identity.driverVersion,
      libvirtVersion: identity.libvirtVersion,
    });
    expect([identity.libvirtVersion >= 6_000_000, identity.hostname !== '']).toEqual([true, true]);
  });

  it('survives the daemon’s end and hears events again once it is back', async () => {
    await bench.cleared();
    const { hypervisor } = bench.subject;
    const down = nextConnection(hypervisor, 'disconnected');
    await bench.subject.loseDaemon();
    expect((await down).state).toEqual('disconnected');
    const lost = await hypervisor.domains.list();
    expect(lost.ok ? 'ok' : lost.error.code).toEqual('disconnected');

    const up = nextConnection(hypervisor, 'connected');
    await bench.subject.returnDaemon();
    const event = await up;
    expect(event.state === 'connected' && event.features).toEqual({
      events: true,
      statistics: expected.statistics,
    });
    const { domains, xml, happenings } = bench.undefined();
    valueOf(await domains.defineXml(xml));
    expect(await happenings.take(1)).toEqual([{ event: 'defined', detail: 'added' }]);
  });

  it('ends what waits for an answer when it is closed, and answers nothing more', async () => {
    const { hypervisor } = bench.subject;
    const pending = hypervisor.domains.list();
    await hypervisor.close();
    const codes = [await pending, await hypervisor.domains.list(), await hypervisor.nodeInfo()].map(
      (answer) => (answer.ok ? 'ok' : answer.error.code),
    );
    expect(codes.slice(1)).toEqual(['disconnected', 'disconnected']);
    // What was answered in memory before the end came is answered.
    expect(['ok', 'disconnected']).toContain(codes[0]);
  });
}

function nextConnection(
  hypervisor: Hypervisor,
  state: ConnectionEvent['state'],
): Promise<ConnectionEvent> {
  return new Promise((settle) => {
    const stop = hypervisor.onConnection((event) => {
      if (event.state !== state) return;
      stop();
      settle(event);
    });
  });
}
