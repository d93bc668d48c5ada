import { entityId, type Entity } from '../../core/domain/entity.ts';
import type { RunItemState } from '../../core/contract/runs.ts';
import type { FaultEffect } from '../../demo/server/faults.ts';
import { isOpen } from '../../client/journal/journal-entry.ts';
import type { ChaosWorld } from './chaos-world.ts';

const POWER = [
  ['vm.pause', 'suspend'],
  ['vm.resume', 'resume'],
  ['vm.reboot', 'reboot'],
] as const;
/** Of a hundred orders, how many make a machine or delete one. */
const MACHINES_PERCENT = 6;
/** How many machines of its own chaos keeps. */
const MOST_OWN = 12;
/** How many of the orders lose their link. */
const CUT_SHARE = 0.03;
const CUTS: readonly FaultEffect['kind'][] = [
  'cut-before-delivery',
  'cut-after-delivery',
  'cut-before-answer',
];

interface Order {
  readonly command: string;
  readonly target: Entity;
  /** The action that it sends. */
  readonly action: string;
  /** What is counted under where it is carried out: an action of a machine, or a machine's name. */
  readonly key: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** How many orders were given under one key, and how those ended that have. */
interface Ends {
  given: number;
  readonly told: string[];
}

/** Orders given to machines and hypervisors, some while the link is cut, and what became of them. */
export class ChaosOrders {
  readonly #world: ChaosWorld;
  readonly #ends = new Map<string, Ends>();
  readonly #tally = new Map<string, number>();
  /** Those whose end is not known yet, by their run. */
  readonly #pending = new Map<string, Order>();
  #made = 0;
  #count = 0;

  constructor(world: ChaosWorld) {
    this.#world = world;
  }

  get count(): number {
    return this.#count;
  }

  /** How many have not ended. */
  get waiting(): number {
    this.#collect();
    return this.#pending.size;
  }

  /** Whether something was ordered of an entity and has not ended. */
  isBusy({ jid }: Pick<Entity, 'jid'>): boolean {
    return [...this.#pending.values()].some(({ target }) => target.jid === jid);
  }

  /** Gives an order to somebody who is online; nothing while nobody is. */
  give(): void {
    const { client, random } = this.#world;
    this.#collect();
    if (!client.isOnline) return;
    const isOfMachines = random() * 100 < MACHINES_PERCENT;
    const order = isOfMachines ? this.#machineOrder() : this.#powerOrder();
    if (order) this.#order(order);
  }

  /** How many ended how, or have not ended: by state, with why where one failed. */
  tally(): Readonly<Record<string, number>> {
    this.#collect();
    const waiting = this.#pending.size;
    return { ...Object.fromEntries(this.#tally), ...(waiting > 0 && { waiting }) };
  }

  /** What the journal does not know the end of. */
  open(): readonly string[] {
    const { entries } = this.#world.client.application.journal;
    return entries.filter(isOpen).map(({ action, state, jid }) => `${action} ${state} ${jid}`);
  }

  /** What was carried out more often than it was ordered. */
  twice(): readonly string[] {
    return [...this.#world.carriedOut]
      .filter(([key, times]) => times > this.#endsOf(key).given)
      .map(([key, times]) => `${key} ${times} times`);
  }

  /** What ended otherwise than was told: done and not carried out, or failed and carried out. */
  untrue(): readonly string[] {
    return [...this.#ends].flatMap(([key, { told }]) => {
      const times = this.#world.carriedOut.get(key) ?? 0;
      const done = told.filter((end) => end === 'done').length;
      const unknown = told.filter((end) => end === 'unknown').length;
      const isTrue = times >= done && times <= done + unknown;
      return isTrue ? [] : [`${key} ${times} times, told ${told.join(', ')}`];
    });
  }

  #powerOrder(): Order | undefined {
    const machines = this.#world.client.online().filter((one) => {
      const isUp = one.state === 'running' || one.state === 'paused';
      return one.kind === 'virtualmachine' && isUp && !this.isBusy(one);
    });
    if (machines.length === 0) return undefined;
    const target = this.#world.pick(machines);
    const [pause, resume, reboot] = POWER;
    const first = this.#world.random() < 0.5 ? pause : reboot;
    const [command, action] = target.state === 'paused' ? resume : first;
    const key = `${action} ${target.jid.split('@')[0]}`;
    return { command, target, action, key, input: {} };
  }

  #machineOrder(): Order | undefined {
    const ordered = new Set([...this.#pending.values()].map(({ key }) => key));
    const own = [...this.#world.ownMachines()].flatMap(([jid, name]) => {
      // What its hypervisor has must tell how the order for it ended.
      const entity = ordered.has(name) ? undefined : this.#entityOf(jid);
      return entity?.resource !== undefined && !this.isBusy(entity) ? [entity] : [];
    });
    const isFull = own.length >= MOST_OWN;
    if (isFull || (own.length > 0 && this.#world.random() < 0.4)) {
      const target = this.#world.pick(own);
      const key = `free ${target.jid}`;
      return { command: 'vm.delete', target, action: 'free', key, input: {} };
    }
    const hypervisors = this.#world.client.online().filter(({ kind, jid }) => {
      return kind === 'hypervisor' && this.#world.mayGrow(jid);
    });
    if (hypervisors.length === 0) return undefined;
    const target = this.#world.pick(hypervisors);
    const name = this.#world.nameOfOwn((this.#made += 1));
    return { command: 'hypervisor.new-vm', target, action: 'alloc', key: name, input: { name } };
  }

  #entityOf(jid: Entity['jid']): Entity | undefined {
    const { client } = this.#world;
    return client.application.inventory.entity(entityId(client.account.jid, jid));
  }

  #order(order: Order): void {
    const { client, platform, random, chronicle } = this.#world;
    const { command, target, action, key, input } = order;
    if (random() < CUT_SHARE) {
      const effect = { kind: this.#world.pick(CUTS) } as FaultEffect;
      chronicle.note(target.jid.split('@')[0] ?? '', 'chaos', `${effect.kind} at ${action}`);
      platform.server.domain.faults.add({ match: { to: target.jid, action }, effect, times: 1 });
    }
    const started = client.application.runs.start({ command, targets: [target.id], input });
    if (!started.ok) return;
    this.#pending.set(started.value.id, order);
    this.#endsOf(key).given += 1;
    this.#count += 1;
    this.#note(order, 'given');
  }

  #note({ target, command }: Order, what: string): void {
    this.#world.chronicle.note(target.jid.split('@')[0] ?? '', 'order', `${command} ${what}`);
  }

  #endsOf(key: string): Ends {
    const known = this.#ends.get(key) ?? { given: 0, told: [] };
    this.#ends.set(key, known);
    return known;
  }

  /** Takes down those that have ended; the application itself keeps the last runs only. */
  #collect(): void {
    const { told } = this.#world.client.audience;
    for (const [run, order] of this.#pending) {
      const end = this.#endOf(run, told.runs.get(run)?.items[0]?.state);
      if (end === undefined) continue;
      this.#pending.delete(run);
      told.runs.delete(run);
      const counted = end === 'unknown' ? `${end}: ${order.action}` : end;
      this.#tally.set(counted, (this.#tally.get(counted) ?? 0) + 1);
      this.#endsOf(order.key).told.push(end);
      this.#note(order, end);
    }
  }

  /** The end in words; undefined while there is none. */
  #endOf(run: string, state: RunItemState | undefined): string | undefined {
    if (state === undefined || state.name === 'waiting' || state.name === 'sent') return undefined;
    if (state.name === 'failed') return `failed: ${state.error.code}`;
    if (state.name !== 'unknown') return state.name;
    const entry = this.#world.client.application.journal.entries.find((one) => one.run === run);
    if (!entry || isOpen(entry)) return undefined;
    return entry.state === 'failed' ? `failed: ${entry.error?.code}` : entry.state;
  }
}
