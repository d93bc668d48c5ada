import type { Duplex } from 'node:stream';
import { ok, type Result } from '../../../core/lib/result.ts';
import type {
  Affected,
  ConsoleOptions,
  Domain,
  Screenshot,
  UndefineOptions,
  XmlOptions,
} from '../domain.ts';
import type { Domains } from '../domains.ts';
import type { HypervisorError, HypervisorReply } from '../hypervisor-error.ts';
import type { DomainStatistics, InterfaceCounters, StatisticsGroup } from '../statistics.ts';
import { textPicture } from './console/text-picture.ts';
import type { DomainStore } from './domain-store.ts';
import { invalidArgument, libvirtError, notRunning } from './errors.ts';
import type { SimulatedDomain } from './simulated-domain.ts';

type Outcome<T> = Result<T, HypervisorError>;

/** The ways a call can be made to wait or fail; every call goes through it. */
export interface Gate {
  pass<T>(name: keyof Domains, act: () => Outcome<T>): HypervisorReply<T>;
}

const UUID = /^[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}$/i;

const SERIAL_ALIASES = ['console0', 'serial0'];
const MOST_KEYS = 16;
const QEMU_PART = 10;

/** The domains of a simulated host, answering as libvirt's QEMU driver does. */
export class SimulatedDomains implements Domains {
  readonly #store: DomainStore;
  readonly #gate: Gate;
  readonly onEvent: Domains['onEvent'];

  constructor(store: DomainStore, gate: Gate, onEvent: Domains['onEvent']) {
    this.#store = store;
    this.#gate = gate;
    this.onEvent = onEvent;
  }

  list(): ReturnType<Domains['list']> {
    return this.#gate.pass('list', () => ok(this.#store.all().map((domain) => domain.listed())));
  }

  lookupByUuid(uuid: string): HypervisorReply<Domain> {
    return this.#on('lookupByUuid', uuid, (domain) => ok(shown(domain)));
  }

  lookupByName(name: string): HypervisorReply<Domain> {
    return this.#gate.pass('lookupByName', () => shownIfFound(this.#store.byName(name)));
  }

  defineXml(xml: string): HypervisorReply<Domain> {
    return this.#gate.pass('defineXml', () => shownIfFound(this.#store.define(xml)));
  }

  undefine(uuid: string, _options?: UndefineOptions): HypervisorReply<void> {
    return this.#on('undefine', uuid, (domain) => domain.undefine());
  }

  async getXml(uuid: string, options: XmlOptions = {}): HypervisorReply<string> {
    const { secure = false, inactive = false } = options;
    const found = this.#store.byUuid(uuid);
    // A guest that nobody looked at still has to find a port for its screen.
    if (found.ok && !inactive) await found.value.seat?.ready();
    return this.#on('getXml', uuid, (domain) => ok(domain.xml(secure, inactive)));
  }

  create(uuid: string): HypervisorReply<number> {
    return this.#on('create', uuid, (domain) => domain.create());
  }

  shutdown(uuid: string): HypervisorReply<void> {
    return this.#on('shutdown', uuid, (domain) => domain.shutdown());
  }

  reboot(uuid: string): HypervisorReply<void> {
    return this.#on('reboot', uuid, (domain) => domain.reboot());
  }

  destroy(uuid: string): HypervisorReply<void> {
    return this.#on('destroy', uuid, (domain) => domain.destroy());
  }

  suspend(uuid: string): HypervisorReply<void> {
    return this.#on('suspend', uuid, (domain) => domain.suspend());
  }

  resume(uuid: string): HypervisorReply<void> {
    return this.#on('resume', uuid, (domain) => domain.resume());
  }

  info(uuid: string): ReturnType<Domains['info']> {
    return this.#on('info', uuid, (domain) => ok(domain.info()));
  }

  setMemory(uuid: string, kib: number, affected: Affected): HypervisorReply<void> {
    return this.#on('setMemory', uuid, (domain) => domain.setMemory(kib, affected));
  }

  setMaxMemory(uuid: string, kib: number, affected: Affected): HypervisorReply<void> {
    return this.#on('setMaxMemory', uuid, (domain) => domain.setMaxMemory(kib, affected));
  }

  setVcpus(uuid: string, count: number, affected: Affected): HypervisorReply<void> {
    return this.#on('setVcpus', uuid, (domain) => domain.setVcpus(count, affected));
  }

  getDescription(uuid: string, affected: Affected): HypervisorReply<string | undefined> {
    return this.#on('getDescription', uuid, (domain) => domain.getDescription(affected));
  }

  setDescription(
    uuid: string,
    description: string | undefined,
    affected: Affected,
  ): HypervisorReply<void> {
    return this.#on('setDescription', uuid, (domain) => {
      return domain.setDescription(description, affected);
    });
  }

  getAutostart(uuid: string): HypervisorReply<boolean> {
    return this.#on('getAutostart', uuid, (domain) => ok(domain.autostart));
  }

  setAutostart(uuid: string, autostart: boolean): HypervisorReply<void> {
    return this.#on('setAutostart', uuid, (domain) => domain.setAutostart(autostart));
  }

  screenshot(uuid: string): HypervisorReply<Screenshot> {
    return this.#on('screenshot', uuid, (domain) => {
      if (domain.seat === undefined) return notRunning();
      return ok({ mime: 'image/png', data: textPicture(domain.seat.console.content) });
    });
  }

  openConsole(
    uuid: string,
    { device, force = false }: ConsoleOptions = {},
  ): HypervisorReply<Duplex> {
    return this.#on('openConsole', uuid, ({ seat }) => {
      if (seat === undefined) return notRunning();
      if (!seat.hasSerial || (device !== undefined && !SERIAL_ALIASES.includes(device))) {
        return libvirtError(1, `internal error: cannot find character device ${device ?? ''}`);
      }
      if (seat.serial.isTaken && !force) {
        const why = 'Active console session exists for this domain';
        return libvirtError(9, `operation failed: ${why}`, QEMU_PART);
      }
      return ok(seat.serial.open());
    });
  }

  sendKeys(uuid: string, scancodes: readonly number[], _holdMs: number): HypervisorReply<void> {
    return this.#on('sendKeys', uuid, ({ seat }) => {
      if (seat === undefined) return notRunning();
      if (scancodes.length === 0 || scancodes.length > MOST_KEYS) {
        return invalidArgument(`nkeycodes must be between 1 and ${MOST_KEYS}`, 7);
      }
      for (const code of scancodes) seat.keyboard.pressScancode(code, true);
      for (const code of scancodes) seat.keyboard.pressScancode(code, false);
      return ok(undefined);
    });
  }

  interfaceStats(uuid: string, device: string): HypervisorReply<InterfaceCounters> {
    return this.#on('interfaceStats', uuid, (domain) => {
      if (domain.guest === undefined) return notRunning();
      const counters = domain.guest.interfaceCounters(device);
      if (counters !== undefined) return ok(counters);
      return invalidArgument(`'${device}' is not a known interface`, 20);
    });
  }

  statistics(groups: readonly StatisticsGroup[]): HypervisorReply<readonly DomainStatistics[]> {
    const wanted = new Set(groups);
    return this.#gate.pass('statistics', () =>
      ok(this.#store.all().map((domain) => domain.statistics(wanted))),
    );
  }

  async lastWords(name: string, lines: number): Promise<readonly string[]> {
    const found = this.#store.byName(name);
    return found.ok ? found.value.log.lines.slice(-lines) : [];
  }

  #on<T>(
    name: keyof Domains,
    uuid: string,
    act: (domain: SimulatedDomain) => Outcome<T>,
  ): HypervisorReply<T> {
    return this.#gate.pass(name, () => {
      if (!UUID.test(uuid)) return invalidArgument(`${uuid} is no UUID`, 7);
      const domain = this.#store.byUuid(uuid);
      return domain.ok ? act(domain.value) : domain;
    });
  }
}

function shown(domain: SimulatedDomain): Domain {
  return { uuid: domain.uuid, name: domain.name, id: domain.guest?.id };
}

function shownIfFound(found: Outcome<SimulatedDomain>): Outcome<Domain> {
  return found.ok ? ok(shown(found.value)) : found;
}
