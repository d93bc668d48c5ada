import {
  array,
  bool,
  fixedChars,
  hyper,
  int,
  nothing,
  optional,
  struct,
  uint,
  unsignedHyper,
  type Xdr,
} from './xdr.ts';
import {
  MAX_DOMAINS,
  optionalString,
  statisticsRecord,
  uuid,
  wireDomain,
  wireString,
} from './wire-types.ts';

/** One thing that can be asked of the daemon: its number, and how question and answer stand on the wire. */
export interface Procedure<Args, Reply> {
  readonly number: number;
  readonly args: Xdr<Args>;
  readonly reply: Xdr<Reply>;
}

function procedure<Args, Reply>(
  number: number,
  args: Xdr<Args>,
  reply: Xdr<Reply>,
): Procedure<Args, Reply> {
  return { number, args, reply };
}

/** The most keys that one call can press (VIR_DOMAIN_SEND_KEY_MAX_KEYS). */
const MAX_KEYS = 16;

const onDomain = struct({ domain: wireDomain });
const onDomainFlags = struct({ domain: wireDomain, flags: uint });
const onDomainCount = struct({ domain: wireDomain, count: uint, flags: uint });
const onDomainMemory = struct({ domain: wireDomain, kib: unsignedHyper, flags: uint });
const aDomain = struct({ domain: wireDomain });
const aText = struct({ text: wireString });
const aVersion = struct({ version: unsignedHyper });
const domainsAndCount = struct({ domains: array(wireDomain, MAX_DOMAINS), count: uint });

const nodeInfo = struct({
  model: fixedChars(32),
  memoryKiB: unsignedHyper,
  cpus: int,
  mhz: int,
  nodes: int,
  sockets: int,
  cores: int,
  threads: int,
});

const domainInfo = struct({
  state: uint,
  maxMemoryKiB: unsignedHyper,
  memoryKiB: unsignedHyper,
  vcpus: uint,
  cpuTimeNs: unsignedHyper,
});

const interfaceCounters = struct({
  rxBytes: hyper,
  rxPackets: hyper,
  rxErrors: hyper,
  rxDropped: hyper,
  txBytes: hyper,
  txPackets: hyper,
  txErrors: hyper,
  txDropped: hyper,
});

const statisticsQuestion = struct({
  domains: array(wireDomain, MAX_DOMAINS),
  groups: uint,
  flags: uint,
});

/**
 * The procedures that we use, under libvirt's names. The numbers are only ever added to by libvirt;
 * the contract tests call each of them on a real daemon.
 */
export const PROCEDURES = {
  connectOpen: procedure(1, struct({ name: optionalString, flags: uint }), nothing),
  connectGetType: procedure(3, nothing, aText),
  connectGetVersion: procedure(4, nothing, aVersion),
  nodeGetInfo: procedure(6, nothing, nodeInfo),
  connectGetCapabilities: procedure(7, nothing, aText),
  connectGetHostname: procedure(59, nothing, aText),
  connectSupportsFeature: procedure(60, struct({ feature: int }), struct({ supported: int })),
  authList: procedure(66, nothing, struct({ kinds: array(int, 20) })),
  authPolkit: procedure(70, nothing, struct({ complete: int })),
  connectGetUri: procedure(110, nothing, aText),
  connectGetLibVersion: procedure(157, nothing, aVersion),

  domainDefineXml: procedure(11, struct({ xml: wireString }), aDomain),
  domainDestroy: procedure(12, onDomain, nothing),
  domainGetXmlDesc: procedure(14, onDomainFlags, aText),
  domainGetAutostart: procedure(15, onDomain, struct({ autostart: int })),
  domainGetInfo: procedure(16, onDomain, domainInfo),
  domainLookupByName: procedure(23, struct({ name: wireString }), aDomain),
  domainLookupByUuid: procedure(24, struct({ uuid }), aDomain),
  domainReboot: procedure(27, onDomainFlags, nothing),
  domainResume: procedure(28, onDomain, nothing),
  domainSetAutostart: procedure(29, struct({ domain: wireDomain, autostart: bool }), nothing),
  domainShutdown: procedure(33, onDomain, nothing),
  domainSuspend: procedure(34, onDomain, nothing),
  domainInterfaceStats: procedure(
    65,
    struct({ domain: wireDomain, device: wireString }),
    interfaceCounters,
  ),
  domainCreateWithFlags: procedure(196, onDomainFlags, aDomain),
  domainSetVcpusFlags: procedure(199, onDomainCount, nothing),
  domainOpenConsole: procedure(
    201,
    struct({ domain: wireDomain, device: optionalString, flags: uint }),
    nothing,
  ),
  domainSetMemoryFlags: procedure(204, onDomainMemory, nothing),
  domainScreenshot: procedure(
    211,
    struct({ domain: wireDomain, screen: uint, flags: uint }),
    struct({ mime: optionalString }),
  ),
  domainGetState: procedure(212, onDomainFlags, struct({ state: int, reason: int })),
  domainSendKey: procedure(
    226,
    struct({
      domain: wireDomain,
      codeset: uint,
      holdMs: uint,
      keycodes: array(uint, MAX_KEYS),
      flags: uint,
    }),
    nothing,
  ),
  domainUndefineFlags: procedure(231, onDomainFlags, nothing),
  domainSetMetadata: procedure(
    264,
    struct({
      domain: wireDomain,
      type: int,
      metadata: optionalString,
      key: optionalString,
      uri: optionalString,
      flags: uint,
    }),
    nothing,
  ),
  domainGetMetadata: procedure(
    265,
    struct({ domain: wireDomain, type: int, uri: optionalString, flags: uint }),
    aText,
  ),
  connectListAllDomains: procedure(
    273,
    struct({ wantsDomains: int, flags: uint }),
    domainsAndCount,
  ),
  connectDomainEventCallbackRegisterAny: procedure(
    316,
    struct({ event: int, domain: optional(wireDomain) }),
    struct({ callback: int }),
  ),
  connectGetAllDomainStats: procedure(
    344,
    statisticsQuestion,
    struct({ records: array(statisticsRecord, MAX_DOMAINS) }),
  ),
} as const;

/** The number under which the daemon tells lifecycle events, and what stands in them. */
export const LIFECYCLE_EVENT = {
  number: 318,
  message: struct({ callback: int, domain: wireDomain, event: int, detail: int }),
} as const;
