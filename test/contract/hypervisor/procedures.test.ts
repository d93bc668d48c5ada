import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openChannel } from '../../../agent/hypervisor/libvirt/open-channel.ts';
import { PROCEDURES } from '../../../agent/hypervisor/libvirt/procedures.ts';
import type {
  Args,
  ProcedureName,
  RpcChannel,
} from '../../../agent/hypervisor/libvirt/rpc-channel.ts';
import { systemClock } from '../../../node/xmpp/clock.ts';
import { LIBVIRTD_PROGRAMS, TestLibvirtd } from '../../support/libvirtd.ts';
import { requirePrograms } from '../../support/required-programs.ts';

const GROUP = 'the procedures of libvirt’s protocol';

const uuid = randomUUID();
const domain = { name: 'numbers', uuid, id: -1 };
const xml =
  `<domain type='test'><name>numbers</name><uuid>${uuid}</uuid><memory>32768</memory>` +
  `<vcpu current='1'>2</vcpu><os><type>hvm</type></os><devices>` +
  `<interface type='network'><source network='default'/><target dev='tap0'/></interface>` +
  `</devices></domain>`;

/** Arguments for every procedure, in an order in which each can succeed; none can be left out. */
const CALLS: { readonly [N in ProcedureName]: Args<N> } = {
  connectGetType: undefined,
  connectGetVersion: undefined,
  nodeGetInfo: undefined,
  connectGetCapabilities: undefined,
  connectGetHostname: undefined,
  connectSupportsFeature: { feature: 10 },
  authList: undefined,
  connectGetUri: undefined,
  connectGetLibVersion: undefined,
  connectDomainEventCallbackRegisterAny: { event: 0, domain: undefined },
  domainDefineXml: { xml },
  domainLookupByName: { name: 'numbers' },
  domainLookupByUuid: { uuid },
  domainGetXmlDesc: { domain, flags: 0 },
  domainGetInfo: { domain },
  domainGetState: { domain, flags: 0 },
  domainSetAutostart: { domain, autostart: true },
  domainGetAutostart: { domain },
  connectListAllDomains: { wantsDomains: 1, flags: 1024 },
  connectGetAllDomainStats: { domains: [domain], groups: 1, flags: 0 },
  domainCreateWithFlags: { domain, flags: 0 },
  domainSetMemoryFlags: { domain, kib: 16_384n, flags: 1 },
  domainSetVcpusFlags: { domain, count: 2, flags: 1 },
  domainSetMetadata: {
    domain,
    type: 0,
    metadata: 'what it is for',
    key: undefined,
    uri: undefined,
    flags: 1,
  },
  domainGetMetadata: { domain, type: 0, uri: undefined, flags: 1 },
  domainInterfaceStats: { domain, device: 'tap0' },
  domainScreenshot: { domain, screen: 0, flags: 0 },
  domainSendKey: { domain, codeset: 9, holdMs: 10, keycodes: [30], flags: 0 },
  domainOpenConsole: { domain, device: undefined, flags: 0 },
  domainSuspend: { domain },
  domainResume: { domain },
  domainReboot: { domain, flags: 0 },
  domainDestroy: { domain },
  domainShutdown: { domain },
  domainUndefineFlags: { domain, flags: 0 },
  connectOpen: { name: 'test:///default', flags: 0 },
  authPolkit: undefined,
};

/** What the daemon refuses at this place, and by which word one sees that it is that procedure. */
const REFUSED: Readonly<Partial<Record<ProcedureName, RegExp>>> = {
  // Nothing more to say than that we are let in already.
  authPolkit: /did not set virError|authentication/,
  connectOpen: /connection already open/,
  domainOpenConsole: /not supported/,
  domainShutdown: /not running/,
};

describe.runIf(requirePrograms(GROUP, LIBVIRTD_PROGRAMS))(GROUP, () => {
  let daemon: TestLibvirtd;
  let channel: RpcChannel;

  beforeAll(async () => {
    daemon = await TestLibvirtd.start();
    const uri = { name: 'test:///default', sockets: [daemon.socket] };
    const opened = await openChannel(
      uri,
      { openTimeoutMs: 10_000, signal: new AbortController().signal },
      {
        clock: systemClock,
        keepAlive: { intervalMs: 5000, maxUnanswered: 5 },
        onMessage: () => undefined,
        onClosed: () => undefined,
      },
    );
    if (!opened.ok) throw new Error(opened.error.message);
    channel = opened.value;
  });

  afterAll(async () => {
    channel.close('The test is over');
    await daemon.stop();
  });

  it('knows arguments for all of them', () => {
    expect(Object.keys(CALLS).sort()).toEqual(Object.keys(PROCEDURES).sort());
  });

  it.each(Object.keys(CALLS) as ProcedureName[])('a real daemon understands %s', async (name) => {
    const args = CALLS[name];
    const answer =
      name === 'domainScreenshot'
        ? await channel.download(name, args as Args<'domainScreenshot'>, 1 << 24)
        : await channel.call(name, args);
    const expected = REFUSED[name];
    if (expected === undefined)
      expect(answer).toEqual({ ok: true, value: answer.ok && answer.value });
    else expect(answer.ok ? 'ok' : answer.error.message).toMatch(expected);
  });

  it('says that a procedure is unsupported which the daemon does not know', async () => {
    const unknown = { ...PROCEDURES.nodeGetInfo, number: 65_535 };
    const known = Object.getOwnPropertyDescriptor(PROCEDURES, 'nodeGetInfo')!;
    Object.defineProperty(PROCEDURES, 'nodeGetInfo', { ...known, value: unknown });
    const answer = await channel.call('nodeGetInfo', undefined);
    Object.defineProperty(PROCEDURES, 'nodeGetInfo', known);
    expect(answer).toEqual({
      ok: false,
      error: {
        code: 'unsupported',
        what: 'nodeGetInfo',
        number: 39,
        message: 'unknown procedure: 65535',
      },
    });
  });
});
