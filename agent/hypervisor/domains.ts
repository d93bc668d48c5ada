import type { Duplex } from 'node:stream';
import type {
  Affected,
  ConsoleOptions,
  Domain,
  DomainInfo,
  ListedDomain,
  Screenshot,
  UndefineOptions,
  XmlOptions,
} from './domain.ts';
import type { DomainEvent } from './domain-event.ts';
import type { HypervisorReply } from './hypervisor-error.ts';
import type { DomainStatistics, InterfaceCounters, StatisticsGroup } from './statistics.ts';

/**
 * The domains of one hypervisor, with the meanings of https://libvirt.org/html/libvirt-libvirt-domain.html.
 * A call for a domain that does not exist fails with libvirt's number 42, one that does not fit its
 * state with 55.
 */
export interface Domains {
  /** All domains, running or not; a domain that goes away meanwhile is left out. */
  list(): HypervisorReply<readonly ListedDomain[]>;
  lookupByUuid(uuid: string): HypervisorReply<Domain>;
  lookupByName(name: string): HypervisorReply<Domain>;

  /** Creates a definition or replaces the one with the same UUID; a running domain keeps what it runs. */
  defineXml(xml: string): HypervisorReply<Domain>;
  /** Removes the definition; a running domain goes on until it stops. */
  undefine(uuid: string, options?: UndefineOptions): HypervisorReply<void>;
  getXml(uuid: string, options?: XmlOptions): HypervisorReply<string>;

  /** Starts a domain; the answer is its new id. */
  create(uuid: string): HypervisorReply<number>;
  /** Asks the guest to shut down; it may not, and the answer does not wait for it. */
  shutdown(uuid: string): HypervisorReply<void>;
  /** Asks the guest to reboot. */
  reboot(uuid: string): HypervisorReply<void>;
  /** Takes the power away. */
  destroy(uuid: string): HypervisorReply<void>;
  suspend(uuid: string): HypervisorReply<void>;
  resume(uuid: string): HypervisorReply<void>;

  info(uuid: string): HypervisorReply<DomainInfo>;
  setMemory(uuid: string, kib: number, affected: Affected): HypervisorReply<void>;
  /** Sets the limit of the memory, which a running domain of most drivers refuses. */
  setMaxMemory(uuid: string, kib: number, affected: Affected): HypervisorReply<void>;
  setVcpus(uuid: string, count: number, affected: Affected): HypervisorReply<void>;
  /** The description alone, without the rest of the definition; undefined where there is none. */
  getDescription(uuid: string, affected: Affected): HypervisorReply<string | undefined>;
  /** Sets the description, also of a domain that runs; undefined takes it out. */
  setDescription(
    uuid: string,
    description: string | undefined,
    affected: Affected,
  ): HypervisorReply<void>;
  getAutostart(uuid: string): HypervisorReply<boolean>;
  setAutostart(uuid: string, autostart: boolean): HypervisorReply<void>;

  /** A picture of the first screen. */
  screenshot(uuid: string): HypervisorReply<Screenshot>;
  /**
   * A text console as a stream of bytes both ways; it ends when the domain does. A session of somebody
   * else fails it with 9, unless it is forced; a domain without such a device with 1.
   */
  openConsole(uuid: string, options?: ConsoleOptions): HypervisorReply<Duplex>;
  /**
   * Presses keys together and releases them after so many milliseconds, at most 16 of them: XT scancodes
   * as RFB numbers them, 0xe0-prefixed ones with bit 7 set.
   */
  sendKeys(uuid: string, scancodes: readonly number[], holdMs: number): HypervisorReply<void>;
  /** Counters of one interface, named by its device on the host as the running definition has it. */
  interfaceStats(uuid: string, device: string): HypervisorReply<InterfaceCounters>;
  /**
   * Figures of all domains in one call. A group that is not among the adapter's features is refused
   * as `unsupported`.
   */
  statistics(groups: readonly StatisticsGroup[]): HypervisorReply<readonly DomainStatistics[]>;

  /**
   * What the process of a domain of this name wrote last, at most so many lines, the oldest first. It
   * is kept beyond the domain's end; nothing where the driver keeps none or it cannot be read.
   */
  lastWords(name: string, lines: number): Promise<readonly string[]>;

  /** Tells what happens to domains, also after a reconnection, until the returned function is called. */
  onEvent(listener: (event: DomainEvent) => void): () => void;
}
