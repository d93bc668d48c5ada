import { isOpen } from '../../client/journal/journal-entry.ts';
import type { RunItemState } from '../../core/contract/runs.ts';
import type { Entity } from '../../core/domain/entity.ts';
import type { FaultEffect } from '../../demo/server/faults.ts';
import type { ChaosWorld } from './chaos-world.ts';

const ORDERS = [
  ['vm.pause', 'suspend'],
  ['vm.resume', 'resume'],
  ['vm.reboot', 'reboot'],
] as const;
/** How many of the commands lose their link. */
const CUT_SHARE = 0.1;
const CUTS: readonly FaultEffect['kind'][] = [
  'cut-before-delivery',
  'cut-after-delivery',
  'cut-before-answer',
];

/** Commands given to machines, some of them while the link is cut, and what became of them. */
export class ChaosCommands {
  readonly #world: ChaosWorld;
  readonly #given = new Map<string, number>();
  readonly #runs = new Set<string>();

  constructor(world: ChaosWorld) {
    this.#world = world;
  }

  get count(): number {
    return this.#runs.size;
  }

  /** Gives one to a machine that is online; nothing while nobody is. */
  give(): void {
    const { client, platform } = this.#world;
    if (!client.isOnline) return;
    const machines = client.online().filter(({ kind }) => kind === 'virtualmachine');
    const fitting = machines.filter(({ state }) => state === 'running' || state === 'paused');
    if (fitting.length === 0) return;
    const target = this.#world.pick(fitting);
    const [command, action] = orderFor(target, this.#world.random());
    if (this.#world.random() < CUT_SHARE) {
      const effect = { kind: this.#world.pick(CUTS) } as FaultEffect;
      platform.server.domain.faults.add({ match: { to: target.jid, action }, effect, times: 1 });
    }
    const started = client.application.runs.start({ command, targets: [target.id], input: {} });
    if (!started.ok) return;
    this.#runs.add(started.value.id);
    const key = `${action} ${target.jid.split('@')[0]}`;
    this.#given.set(key, (this.#given.get(key) ?? 0) + 1);
  }

  /** How many ended how, or have not ended: by state, with why where one failed. */
  tally(): Readonly<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const state of this.#states()) {
      const told = state.name === 'failed' ? `failed: ${state.error.code}` : state.name;
      counts[told] = (counts[told] ?? 0) + 1;
    }
    return counts;
  }

  /** How many have not been answered, and are not known to be lost. */
  get waiting(): number {
    return this.#states().filter(({ name }) => name === 'waiting' || name === 'sent').length;
  }

  /** What the journal does not know the end of. */
  open(): readonly string[] {
    const { entries } = this.#world.client.application.journal;
    return entries.filter(isOpen).map(({ action, state, jid }) => `${action} ${state} ${jid}`);
  }

  #states(): readonly RunItemState[] {
    // The application itself keeps the last runs only.
    const { runs } = this.#world.client.audience.told;
    return [...this.#runs].map((id) => runs.get(id)?.items[0]?.state ?? { name: 'waiting' });
  }

  /** What was carried out more often than it was ordered. */
  twice(): readonly string[] {
    return [...this.#world.carriedOut]
      .filter(([key, times]) => times > (this.#given.get(key) ?? 0))
      .map(([key, times]) => `${key} ${times} times`);
  }
}

function orderFor({ state }: Entity, draw: number): (typeof ORDERS)[number] {
  const [pause, resume, reboot] = ORDERS;
  if (state === 'paused') return resume;
  return draw < 0.5 ? pause : reboot;
}
