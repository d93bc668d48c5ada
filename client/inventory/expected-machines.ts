import { parseJid, type BareJid } from '../../core/domain/jid.ts';
import type { Clock } from '../../node/xmpp/clock.ts';
import { isMachineJid } from './entity-kind.ts';

/** How long after it was ordered a new machine may ask for its subscription; copies of disks take time. */
const EXPECTED_FOR_MS = 30 * 60_000;

/** A machine that was ordered of a hypervisor, which alone can say what it made. */
export interface OrderedMachine {
  readonly hypervisor: BareJid;
  /** The first parts of the JIDs of those that may be it by now; none while nobody says so. */
  readonly find: () => Promise<ReadonlySet<string>>;
}

/**
 * A machine that was ordered: by its JID where that is known, otherwise by what its hypervisor says
 * of it. What a machine says of itself, such as its name, anybody can say.
 */
export type ExpectedMachine = { readonly jid: BareJid } | OrderedMachine;

type Expected = ExpectedMachine & { readonly until: number };

/** Machines that were ordered and have not asked for their subscription yet; each is taken once. */
export class ExpectedMachines {
  readonly #domain: string | undefined;
  readonly #clock: Clock;
  #expected: readonly Expected[] = [];

  /** Machines are at home where their hypervisor is: nobody of another domain is worth a question. */
  constructor(account: BareJid, clock: Clock) {
    this.#domain = parseJid(account)?.domain;
    this.#clock = clock;
  }

  /** The function returned takes it back. */
  add(machine: ExpectedMachine): () => void {
    const expected = { ...machine, until: this.#clock.now() + EXPECTED_FOR_MS };
    this.#expected = [...this.#expected, expected];
    return () => void this.#drop(expected);
  }

  /** Of those who ask, who was ordered; nobody but of that hypervisor is asked after where it is named. */
  async take(asking: readonly BareJid[], hypervisor?: BareJid): Promise<readonly BareJid[]> {
    const now = this.#clock.now();
    this.#expected = this.#expected.filter((one) => one.until > now);
    const known = asking.filter((jid) => this.#takeByJid(jid));
    const machines = asking.filter((jid) => !known.includes(jid) && this.#isMachine(jid));
    const found = await this.#takeFound(machines, hypervisor);
    // What was ordered may have been answered for while others were asked after.
    const late = machines.filter((jid) => !found.includes(jid) && this.#takeByJid(jid));
    return [...known, ...found, ...late];
  }

  async #takeFound(
    asking: readonly BareJid[],
    hypervisor: BareJid | undefined,
  ): Promise<readonly BareJid[]> {
    const found: BareJid[] = [];
    for (const expected of this.#expected) {
      if ('jid' in expected || (hypervisor ?? expected.hypervisor) !== expected.hypervisor)
        continue;
      const left = asking.filter((jid) => !found.includes(jid));
      if (left.length === 0) break;
      const nodes = await expected.find();
      const taken = left.find((jid) => nodes.has(parseJid(jid)?.node ?? ''));
      // Another request may have been the one meanwhile.
      if (taken !== undefined && this.#drop(expected)) found.push(taken);
    }
    return found;
  }

  #isMachine(jid: BareJid): boolean {
    return isMachineJid(jid) && parseJid(jid)?.domain === this.#domain;
  }

  #takeByJid(jid: BareJid): boolean {
    const expected = this.#expected.find((one) => 'jid' in one && one.jid === jid);
    return expected !== undefined && this.#drop(expected);
  }

  /** False where it was not expected any more. */
  #drop(expected: Expected): boolean {
    const before = this.#expected.length;
    this.#expected = this.#expected.filter((one) => one !== expected);
    return this.#expected.length < before;
  }
}
