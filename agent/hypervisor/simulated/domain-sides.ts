import { ok, type Result } from '../../../core/lib/result.ts';
import type { Affected } from '../domain.ts';
import type { HypervisorError } from '../hypervisor-error.ts';
import { changed, type Definition } from './definition.ts';
import { invalidArgument, invalidOperation, notRunning } from './errors.ts';
import type { Guest } from './guest.ts';

type Outcome<T = void> = Result<T, HypervisorError>;

/** What a domain is made of: the definition for its next start, and what runs now. */
export interface DomainSides {
  /** Undefined for a domain that is gone when it stops. */
  config: Definition | undefined;
  /** Undefined for a domain that is off. */
  guest: Guest | undefined;
}

/** Inflates or deflates the guest's balloon, or changes what it starts with. */
export function setMemory(sides: DomainSides, kib: number, affected: Affected): Outcome {
  const chosen = choose(sides, affected);
  if (!chosen.ok) return chosen;
  const { guest, config } = chosen.value;
  const most = least(guest?.definition.maxMemoryKiB, config?.maxMemoryKiB);
  if (!isAmount(kib)) return invalidArgument(`${kib} is no amount of memory`, 20);
  if (kib > most) return invalidArgument('cannot set memory higher than max memory');
  if (guest !== undefined) {
    guest.memoryKiB = kib;
    guest.definition = changed(guest.definition, { currentMemoryKib: kib });
  }
  if (config !== undefined) sides.config = changed(config, { currentMemoryKib: kib });
  return ok(undefined);
}

/** Changes how much memory the guest can have from its next start on. */
export function setMaxMemory(sides: DomainSides, kib: number, affected: Affected): Outcome {
  const chosen = choose(sides, affected);
  if (!chosen.ok) return chosen;
  const { guest, config } = chosen.value;
  if (!isAmount(kib)) return invalidArgument(`${kib} is no amount of memory`, 20);
  if (guest !== undefined) {
    return invalidOperation('cannot resize the maximum memory on an active domain', 10);
  }
  if (config !== undefined) {
    const currentMemoryKib = Math.min(config.memoryKiB, kib);
    sides.config = changed(config, { memoryKib: kib, currentMemoryKib });
  }
  return ok(undefined);
}

/** Plugs or unplugs virtual CPUs, or changes how many the guest starts with. */
export function setVcpus(sides: DomainSides, count: number, affected: Affected): Outcome {
  const chosen = choose(sides, affected);
  if (!chosen.ok) return chosen;
  const { guest, config } = chosen.value;
  const most = least(guest?.definition.maxVcpus, config?.maxVcpus);
  if (count > most) {
    const why = `requested vcpus is greater than max allowable vcpus: ${count} > ${most}`;
    return invalidArgument(why);
  }
  if (!Number.isInteger(count) || count < 1)
    return invalidArgument(`${count} is no number of CPUs`, 20);
  if (guest !== undefined) {
    guest.setVcpus(count);
    guest.definition = withVcpus(guest.definition, count);
  }
  if (config !== undefined) sides.config = withVcpus(config, count);
  return ok(undefined);
}

/** What is said of the guest, or of what it starts with next. */
export function getDescription(
  sides: DomainSides,
  affected: Affected,
): Outcome<string | undefined> {
  const chosen = choose(sides, affected);
  if (!chosen.ok) return chosen;
  const { guest, config } = chosen.value;
  return ok((guest?.definition ?? config)?.record.description);
}

/** Says something else of the guest, of what it starts with next, or both. */
export function setDescription(
  sides: DomainSides,
  description: string | undefined,
  affected: Affected,
): Outcome {
  const chosen = choose(sides, affected);
  if (!chosen.ok) return chosen;
  const { guest, config } = chosen.value;
  if (guest !== undefined) guest.definition = changed(guest.definition, { description });
  if (config !== undefined) sides.config = changed(config, { description });
  return ok(undefined);
}

/** The sides that a change is for, or why it cannot be made there. */
function choose(sides: DomainSides, affected: Affected): Outcome<DomainSides> {
  const isRunning = sides.guest !== undefined;
  const isLive = affected === 'current' ? isRunning : affected !== 'config';
  const isConfig = affected === 'current' ? !isRunning : affected !== 'live';
  if (isLive && !isRunning) return notRunning();
  if (isConfig && sides.config === undefined) {
    return invalidOperation('transient domains do not have any persistent config');
  }
  return ok({
    guest: isLive ? sides.guest : undefined,
    config: isConfig ? sides.config : undefined,
  });
}

function isAmount(kib: number): boolean {
  return Number.isSafeInteger(kib) && kib > 0;
}

function least(...limits: readonly (number | undefined)[]): number {
  return Math.min(...limits.filter((limit) => limit !== undefined));
}

function withVcpus(definition: Definition, count: number): Definition {
  const known = definition.record.vcpu ?? { placement: undefined, cpuset: undefined };
  return changed(definition, { vcpu: { ...known, maximum: definition.maxVcpus, current: count } });
}
