import { randomUUID } from 'node:crypto';
import { parseXml } from '../../../core/xml/parse.ts';
import type { Result } from '../../../core/lib/result.ts';
import type { Domains } from '../../../agent/hypervisor/domains.ts';
import type { HypervisorError } from '../../../agent/hypervisor/hypervisor-error.ts';
import { Happenings, type DomainNames, type Expected, type Subject } from './subject.ts';

export interface Prepared {
  readonly subject: Subject;
  readonly domains: Domains;
  readonly names: DomainNames;
  readonly xml: string;
  /** What happens from here on. */
  readonly happenings: Happenings;
}

/** Prepares a domain of its own for each case, and clears it away. */
export class Bench {
  readonly #expected: Expected;
  #subject: Subject | undefined;
  #prepared: Prepared[] = [];
  #removals: Promise<unknown>[] = [];
  #count = 0;

  constructor(expected: Expected) {
    this.#expected = expected;
  }

  use(subject: Subject): void {
    this.#subject = subject;
  }

  get subject(): Subject {
    if (this.#subject === undefined) throw new Error('The subject was not started');
    return this.#subject;
  }

  /** A domain that exists only as a text. */
  undefined(): Prepared {
    this.#count += 1;
    const names = { name: `case-${this.#count}`, uuid: randomUUID() };
    const { hypervisor } = this.subject;
    const prepared = {
      subject: this.subject,
      domains: hypervisor.domains,
      names,
      xml: this.subject.domainXml(names),
      happenings: new Happenings(hypervisor, names.uuid),
    };
    this.#prepared.push(prepared);
    return prepared;
  }

  async defined(): Promise<Prepared> {
    const prepared = this.undefined();
    valueOf(await prepared.domains.defineXml(prepared.xml));
    await prepared.happenings.take(1);
    return prepared;
  }

  async running(): Promise<Prepared> {
    const prepared = await this.defined();
    valueOf(await prepared.domains.create(prepared.names.uuid));
    await prepared.happenings.take(this.#expected.onStart.length);
    return prepared;
  }

  /** A running domain whose guest listens to its power button. */
  async booted(): Promise<Prepared> {
    const prepared = await this.running();
    await this.subject.waitForGuest(prepared.names);
    return prepared;
  }

  /** Begins to remove the domains of a case; QEMU takes a second for it, the next case need not. */
  clear(): void {
    for (const { domains, names, happenings } of this.#prepared.splice(0)) {
      happenings.stop();
      const removed = domains.destroy(names.uuid).then(() => domains.undefine(names.uuid));
      this.#removals.push(removed);
    }
  }

  /** Waits until the domains of all cases before are gone. */
  async cleared(): Promise<void> {
    await Promise.all(this.#removals.splice(0));
  }
}

export function valueOf<T>(answer: Result<T, HypervisorError>): T {
  if (!answer.ok) throw new Error(`${answer.error.code}: ${answer.error.message}`);
  return answer.value;
}

/** The libvirt number of a failure; undefined for a success or another failure. */
export function numberOf(answer: Result<unknown, HypervisorError>): number | undefined {
  return !answer.ok && answer.error.code === 'libvirt' ? answer.error.number : undefined;
}

export function rootOf(xml: string): string {
  const parsed = parseXml(xml);
  if (!parsed.ok) throw new Error(`No XML: ${parsed.error.code}`);
  return parsed.value.root.name;
}
