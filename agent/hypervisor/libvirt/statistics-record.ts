import { DOMAIN_STATES, type DomainState } from '../domain.ts';
import type {
  BalloonStatistics,
  BlockStatistics,
  DomainStatistics,
  InterfaceStatistics,
  StatisticsGroup,
  VcpuStatistics,
} from '../statistics.ts';
import type { ParameterValue, statisticsRecord } from './wire-types.ts';
import type { XdrValue } from './xdr.ts';

/** The bit of each group in `virDomainStatsTypes`. */
export const GROUP_BITS: Readonly<Record<StatisticsGroup, number>> = {
  state: 1,
  cpu: 2,
  balloon: 4,
  vcpu: 8,
  interface: 16,
  block: 32,
};

class Parameters {
  readonly #values: ReadonlyMap<string, ParameterValue>;

  constructor(values: ReadonlyMap<string, ParameterValue>) {
    this.#values = values;
  }

  text(name: string): string | undefined {
    const value = this.#values.get(name);
    return typeof value === 'string' ? value : undefined;
  }

  nanoseconds(name: string): bigint | undefined {
    const value = this.#values.get(name);
    return typeof value === 'bigint' ? value : undefined;
  }

  number(name: string): number | undefined {
    const value = this.#values.get(name);
    return typeof value === 'bigint' || typeof value === 'number' ? Number(value) : undefined;
  }

  counter(name: string): number {
    return this.number(name) ?? 0;
  }

  /** Reads `prefix.0`, `prefix.1` … while there is something; libvirt's own count may say more. */
  list<T>(group: string, read: (prefix: string, index: number) => T | undefined): readonly T[] {
    const found: T[] = [];
    const most = Math.min(this.counter(`${group}.count`), this.#values.size);
    for (let index = 0; index < most; index += 1) {
      const one = read(`${group}.${index}`, index);
      if (one !== undefined) found.push(one);
    }
    return found;
  }
}

/** The figures of one domain out of libvirt's named parameters. */
export function readStatistics(record: XdrValue<typeof statisticsRecord>): DomainStatistics {
  const parameters = new Parameters(
    new Map(record.parameters.map(({ field, value }) => [field, value])),
  );
  return {
    uuid: record.domain.uuid,
    name: record.domain.name,
    state: readState(parameters.number('state.state')),
    cpuTimeNs: parameters.nanoseconds('cpu.time'),
    balloon: readBalloon(parameters),
    vcpus: readVcpus(parameters),
    interfaces:
      parameters.number('net.count') === undefined ? undefined : readInterfaces(parameters),
    blocks: parameters.number('block.count') === undefined ? undefined : readBlocks(parameters),
  };
}

/** A state by libvirt's number; one that a newer libvirt invented counts as none. */
export function stateOf(number: number): DomainState {
  return DOMAIN_STATES[number] ?? 'nostate';
}

function readState(number: number | undefined): DomainState | undefined {
  return number === undefined ? undefined : stateOf(number);
}

function readBalloon(parameters: Parameters): BalloonStatistics | undefined {
  const maximumKiB = parameters.number('balloon.maximum');
  if (maximumKiB === undefined) return undefined;
  return {
    currentKiB: parameters.number('balloon.current') ?? maximumKiB,
    maximumKiB,
    residentKiB: parameters.number('balloon.rss'),
    unusedKiB: parameters.number('balloon.unused'),
  };
}

function readVcpus(parameters: Parameters): readonly VcpuStatistics[] | undefined {
  const maximum = parameters.number('vcpu.maximum');
  if (maximum === undefined) return undefined;
  const vcpus: VcpuStatistics[] = [];
  for (let index = 0; index < Math.min(maximum, 4096); index += 1) {
    const timeNs = parameters.nanoseconds(`vcpu.${index}.time`);
    if (timeNs !== undefined) vcpus.push({ index, timeNs });
  }
  return vcpus;
}

function readInterfaces(parameters: Parameters): readonly InterfaceStatistics[] {
  return parameters.list('net', (prefix) => {
    const name = parameters.text(`${prefix}.name`);
    if (name === undefined) return undefined;
    return {
      name,
      rxBytes: parameters.counter(`${prefix}.rx.bytes`),
      rxPackets: parameters.counter(`${prefix}.rx.pkts`),
      rxErrors: parameters.counter(`${prefix}.rx.errs`),
      rxDropped: parameters.counter(`${prefix}.rx.drop`),
      txBytes: parameters.counter(`${prefix}.tx.bytes`),
      txPackets: parameters.counter(`${prefix}.tx.pkts`),
      txErrors: parameters.counter(`${prefix}.tx.errs`),
      txDropped: parameters.counter(`${prefix}.tx.drop`),
    };
  });
}

function readBlocks(parameters: Parameters): readonly BlockStatistics[] {
  return parameters.list('block', (prefix) => {
    const name = parameters.text(`${prefix}.name`);
    if (name === undefined) return undefined;
    return {
      name,
      path: parameters.text(`${prefix}.path`),
      readRequests: parameters.counter(`${prefix}.rd.reqs`),
      readBytes: parameters.counter(`${prefix}.rd.bytes`),
      writeRequests: parameters.counter(`${prefix}.wr.reqs`),
      writeBytes: parameters.counter(`${prefix}.wr.bytes`),
      allocationBytes: parameters.number(`${prefix}.allocation`),
      capacityBytes: parameters.number(`${prefix}.capacity`),
      physicalBytes: parameters.number(`${prefix}.physical`),
    };
  });
}
