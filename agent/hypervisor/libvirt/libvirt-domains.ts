import type { Duplex } from 'node:stream';
import { err, ok } from '../../../core/lib/result.ts';
import type {
  Affected,
  ConsoleOptions,
  Domain,
  DomainInfo,
  Screenshot,
  UndefineOptions,
  XmlOptions,
} from '../domain.ts';
import type { DomainEvent } from '../domain-event.ts';
import type { Domains } from '../domains.ts';
import { LIBVIRT_ERROR, type HypervisorError, type HypervisorReply } from '../hypervisor-error.ts';
import type { DomainStatistics, InterfaceCounters, StatisticsGroup } from '../statistics.ts';
import { readLastLines } from './last-lines.ts';
import { listDomains } from './list-domains.ts';
import { localError } from './remote-error.ts';
import type { Args, ProcedureName, Reply } from './rpc-channel.ts';
import { GROUP_BITS, readStatistics, stateOf } from './statistics-record.ts';
import type { WireDomain } from './wire-types.ts';

/** What this needs of the connection: its calls, what the driver offers, and what happens. */
export interface LibvirtCalls {
  call<N extends ProcedureName>(name: N, args: Args<N>): HypervisorReply<Reply<N>>;
  download<N extends ProcedureName>(
    name: N,
    args: Args<N>,
    maxBytes: number,
  ): HypervisorReply<{ readonly reply: Reply<N>; readonly data: Uint8Array }>;
  /** A call with a stream both ways. */
  openStream<N extends ProcedureName>(name: N, args: Args<N>): HypervisorReply<Duplex>;
  statisticsGroups(): readonly StatisticsGroup[];
  readonly logDirectory: string | undefined;
  onEvent(listener: (event: DomainEvent) => void): () => void;
}

const AFFECTED: Readonly<Record<Affected, number>> = {
  current: 0,
  live: 1,
  config: 2,
  'live-and-config': 3,
};
const MAXIMUM = 4;
/** Which metadata: libvirt's `VIR_DOMAIN_METADATA_DESCRIPTION`. */
const DESCRIPTION = 0;
const UNDEFINE = { managedSave: 1, snapshotsMetadata: 2, checkpointsMetadata: 16 } as const;
const UNDEFINE_NVRAM = { remove: 4, keep: 8 } as const;
const XML = { secure: 1, inactive: 2 } as const;

const CONSOLE = { force: 1 } as const;

/** The number of the state, and of its reason in `virDomainShutoffReason`. */
const SHUTOFF = 5;
const OFF_BY_CRASH = 3;

/** Keys are numbered as QEMU and RFB number them (VIR_KEYCODE_SET_QNUM). */
const QNUM = 9;

/** Answer with what can be had without waiting for a domain that hangs. */
const NO_WAIT = 1 << 29;

/** A screen of 7680 × 4320 in three bytes a pixel fits. */
const MAX_SCREENSHOT_BYTES = 128 * 1024 * 1024;

/** The domains of a libvirt daemon. */
export class LibvirtDomains implements Domains {
  readonly #connection: LibvirtCalls;

  constructor(connection: LibvirtCalls) {
    this.#connection = connection;
  }

  list(): ReturnType<Domains['list']> {
    return listDomains(this.#connection, this.#connection.statisticsGroups().includes('state'));
  }

  async lookupByUuid(uuid: string): HypervisorReply<Domain> {
    return domainOf(await this.#connection.call('domainLookupByUuid', { uuid }));
  }

  async lookupByName(name: string): HypervisorReply<Domain> {
    return domainOf(await this.#connection.call('domainLookupByName', { name }));
  }

  async defineXml(xml: string): HypervisorReply<Domain> {
    return domainOf(await this.#connection.call('domainDefineXml', { xml }));
  }

  undefine(uuid: string, options: UndefineOptions = {}): HypervisorReply<void> {
    const { nvram, ...others } = options;
    const flags = flagsOf(UNDEFINE, others) | (nvram === undefined ? 0 : UNDEFINE_NVRAM[nvram]);
    return this.#call('domainUndefineFlags', uuid, { flags });
  }

  async getXml(uuid: string, options: XmlOptions = {}): HypervisorReply<string> {
    const answer = await this.#call('domainGetXmlDesc', uuid, { flags: flagsOf(XML, options) });
    return answer.ok ? ok(answer.value.text) : answer;
  }

  async create(uuid: string): HypervisorReply<number> {
    const answer = await this.#call('domainCreateWithFlags', uuid, { flags: 0 });
    return answer.ok ? ok(answer.value.domain.id) : answer;
  }

  shutdown(uuid: string): HypervisorReply<void> {
    return this.#call('domainShutdown', uuid, {});
  }

  reboot(uuid: string): HypervisorReply<void> {
    return this.#call('domainReboot', uuid, { flags: 0 });
  }

  destroy(uuid: string): HypervisorReply<void> {
    return this.#call('domainDestroy', uuid, {});
  }

  suspend(uuid: string): HypervisorReply<void> {
    return this.#call('domainSuspend', uuid, {});
  }

  resume(uuid: string): HypervisorReply<void> {
    return this.#call('domainResume', uuid, {});
  }

  async info(uuid: string): HypervisorReply<DomainInfo> {
    const answer = await this.#call('domainGetInfo', uuid, {});
    if (!answer.ok) return answer;
    const { state, maxMemoryKiB, memoryKiB, vcpus, cpuTimeNs } = answer.value;
    return ok({
      state: stateOf(state),
      hasCrashed: state === SHUTOFF && (await this.#isCrash(uuid)),
      maxMemoryKiB: Number(maxMemoryKiB),
      memoryKiB: Number(memoryKiB),
      vcpus,
      cpuTimeNs,
    });
  }

  async #isCrash(uuid: string): Promise<boolean> {
    const answer = await this.#call('domainGetState', uuid, { flags: 0 });
    return answer.ok && answer.value.state === SHUTOFF && answer.value.reason === OFF_BY_CRASH;
  }

  setMemory(uuid: string, kib: number, affected: Affected): HypervisorReply<void> {
    return this.#setMemory(uuid, kib, AFFECTED[affected]);
  }

  setMaxMemory(uuid: string, kib: number, affected: Affected): HypervisorReply<void> {
    return this.#setMemory(uuid, kib, AFFECTED[affected] | MAXIMUM);
  }

  setVcpus(uuid: string, count: number, affected: Affected): HypervisorReply<void> {
    return this.#call('domainSetVcpusFlags', uuid, { count, flags: AFFECTED[affected] });
  }

  async getDescription(uuid: string, affected: Affected): HypervisorReply<string | undefined> {
    const args = { type: DESCRIPTION, uri: undefined, flags: AFFECTED[affected] };
    const answer = await this.#call('domainGetMetadata', uuid, args);
    if (answer.ok) return ok(answer.value.text);
    return isError(answer.error, LIBVIRT_ERROR.noMetadata) ? ok(undefined) : answer;
  }

  setDescription(
    uuid: string,
    description: string | undefined,
    affected: Affected,
  ): HypervisorReply<void> {
    const ofElements = { key: undefined, uri: undefined };
    const flags = AFFECTED[affected];
    const args = { type: DESCRIPTION, metadata: description, ...ofElements, flags };
    return this.#call('domainSetMetadata', uuid, args);
  }

  async getAutostart(uuid: string): HypervisorReply<boolean> {
    const answer = await this.#call('domainGetAutostart', uuid, {});
    return answer.ok ? ok(answer.value.autostart !== 0) : answer;
  }

  setAutostart(uuid: string, autostart: boolean): HypervisorReply<void> {
    return this.#call('domainSetAutostart', uuid, { autostart });
  }

  async screenshot(uuid: string): HypervisorReply<Screenshot> {
    const args = { domain: reference(uuid), screen: 0, flags: 0 };
    const answer = await this.#connection.download('domainScreenshot', args, MAX_SCREENSHOT_BYTES);
    if (!answer.ok) return answer;
    const { reply, data } = answer.value;
    return ok({ mime: reply.mime ?? 'application/octet-stream', data });
  }

  openConsole(uuid: string, options: ConsoleOptions = {}): HypervisorReply<Duplex> {
    const flags = options.force === true ? CONSOLE.force : 0;
    const args = { domain: reference(uuid), device: options.device, flags };
    return this.#connection.openStream('domainOpenConsole', args);
  }

  sendKeys(uuid: string, scancodes: readonly number[], holdMs: number): HypervisorReply<void> {
    const args = { codeset: QNUM, holdMs, keycodes: scancodes, flags: 0 };
    return this.#call('domainSendKey', uuid, args);
  }

  async interfaceStats(uuid: string, device: string): HypervisorReply<InterfaceCounters> {
    const answer = await this.#call('domainInterfaceStats', uuid, { device });
    if (!answer.ok) return answer;
    const counters = Object.entries(answer.value).map(([name, value]) => [name, Number(value)]);
    return ok(Object.fromEntries(counters) as Record<keyof InterfaceCounters, number>);
  }

  async statistics(
    groups: readonly StatisticsGroup[],
  ): HypervisorReply<readonly DomainStatistics[]> {
    const offered = this.#connection.statisticsGroups();
    const lacking = groups.find((group) => !offered.includes(group));
    if (lacking !== undefined) return err(lackingGroup(lacking));
    const bits = groups.reduce((sum, group) => sum | GROUP_BITS[group], 0);
    const args = { domains: [], groups: bits, flags: NO_WAIT };
    const answer = await this.#connection.call('connectGetAllDomainStats', args);
    return answer.ok ? ok(answer.value.records.map(readStatistics)) : answer;
  }

  async lastWords(name: string, lines: number): Promise<readonly string[]> {
    const folder = this.#connection.logDirectory;
    // The name of a domain is its file's; libvirt allows none with a slash, its peer might.
    if (folder === undefined || name.includes('/')) return [];
    return readLastLines(`${folder}/${name}.log`, lines);
  }

  onEvent(listener: (event: DomainEvent) => void): () => void {
    return this.#connection.onEvent(listener);
  }

  #setMemory(uuid: string, kib: number, flags: number): HypervisorReply<void> {
    if (!Number.isSafeInteger(kib)) {
      const why = `${kib} is no whole number of KiB`;
      return Promise.resolve(err(localError(why, LIBVIRT_ERROR.invalidArgument)));
    }
    return this.#call('domainSetMemoryFlags', uuid, { kib: BigInt(kib), flags });
  }

  #call<N extends ProcedureName>(
    name: N,
    uuid: string,
    args: Omit<Args<N>, 'domain'>,
  ): HypervisorReply<Reply<N>> {
    const withDomain = { domain: reference(uuid), ...args } as unknown as Args<N>;
    return this.#connection.call(name, withDomain);
  }
}

/** Drivers go by the UUID alone; the name only appears in the message when there is no such domain. */
function reference(uuid: string): WireDomain {
  return { name: uuid, uuid, id: -1 };
}

function flagsOf<K extends string>(
  bits: Readonly<Record<K, number>>,
  options: Readonly<Partial<Record<K, boolean>>>,
): number {
  const names = Object.keys(bits) as K[];
  return names.reduce((flags, name) => flags | (options[name] === true ? bits[name] : 0), 0);
}

function domainOf(
  answer: Awaited<HypervisorReply<{ domain: WireDomain }>>,
): Awaited<HypervisorReply<Domain>> {
  if (!answer.ok) return answer;
  const { uuid, name, id } = answer.value.domain;
  return ok({ uuid, name, id: id < 0 ? undefined : id });
}

function isError(error: HypervisorError, number: number): boolean {
  return error.code === 'libvirt' && error.number === number;
}

function lackingGroup(group: StatisticsGroup): HypervisorError {
  const number = LIBVIRT_ERROR.argumentUnsupported;
  const message = `The driver has no statistics of the group ${group}`;
  return { code: 'unsupported', what: `statistics.${group}`, number, message };
}
