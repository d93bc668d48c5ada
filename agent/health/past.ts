import type { StatisticsSample } from '../../core/protocol/statistics-samples.ts';
import { Columns, type Row } from './columns.ts';
import { figuresOfHypervisor, figuresOfMachine } from './figures.ts';
import { Step, type Figures, type Layout } from './step.ts';

/** How fine a part of the past is, and for how long it is kept. */
export interface Tier {
  readonly stepMs: number;
  /** How many steps, at least. */
  readonly keep: number;
}

const FINEST_MS = 600_000;
/** Two hours of ten seconds, two weeks of five minutes. */
const COARSER: readonly Tier[] = [
  { stepMs: 10_000, keep: 720 },
  { stepMs: 300_000, keep: 4032 },
];

/** The tiers of a past that grows by a sample in so many milliseconds: ten minutes of these, then coarser ones.
 * With a share less of each is kept. */
export function tiersFor(intervalMs: number, share = 1): readonly [Tier, ...Tier[]] {
  const part = ({ stepMs, keep }: Tier): Tier => ({ stepMs, keep: Math.ceil(keep * share) });
  const coarser = COARSER.filter(({ stepMs }) => stepMs > intervalMs);
  return [part({ stepMs: intervalMs, keep: FINEST_MS / intervalMs }), ...coarser.map(part)];
}

/** What is kept under instead of the UUID of a machine. */
export const HYPERVISOR_SUBJECT = 'hypervisor';

/** What stands for one step. */
export interface KeptRow {
  readonly atMs: number;
  readonly row: Row;
}

/** The rows of all subjects for one step of a tier. */
export interface KeptStep {
  readonly atMs: number;
  readonly rows: ReadonlyMap<string, Row>;
}

/** Where steps outlive the agent. */
export interface StepKeeper {
  /** A step is over. */
  keep(stepMs: number, step: KeptStep): void;
}

interface Subject {
  readonly tiers: readonly Columns[];
  /**
   * The step that is not over yet, of each tier; the finest has none. A step is added to the coarser one
   * when it is over, which has less to add up than each sample in each tier.
   */
  readonly open: (Step | undefined)[];
}

/** One sample, as a tier takes it. */
interface TierRound {
  readonly startMs: number;
  /** The steps that are over with it, by when they began: that of a machine that was off is an older one. */
  readonly over: Map<number, Map<string, Row>>;
}

/** What was measured of a hypervisor and its machines, the finer the newer. */
export class Past {
  readonly tiers: readonly [Tier, ...Tier[]];
  readonly #keeper: StepKeeper | undefined;
  readonly #subjects = new Map<string, Subject>();
  #hypervisorLayout: Layout | undefined;

  constructor(tiers: readonly [Tier, ...Tier[]], keeper?: StepKeeper) {
    this.tiers = tiers;
    this.#keeper = keeper;
  }

  add({ atMs, hypervisors, machines }: StatisticsSample): void {
    const round = this.tiers.map(({ stepMs }) => {
      return { startMs: startOf(atMs, stepMs), over: new Map<number, Map<string, Row>>() };
    });
    for (const one of hypervisors) {
      const figures = figuresOfHypervisor(one, this.#hypervisorLayout);
      this.#hypervisorLayout = figures.layout;
      this.#add(HYPERVISOR_SUBJECT, figures, round);
    }
    for (const one of machines) this.#add(one.uuid, figuresOfMachine(one), round);
    for (const [index, { over }] of round.entries()) {
      const stepMs = this.tiers[index]?.stepMs ?? 0;
      for (const [begunMs, rows] of over) this.#keeper?.keep(stepMs, { atMs: begunMs, rows });
    }
  }

  /** Takes up a step of an earlier run. Steps come in order of time. */
  restore(stepMs: number, { atMs, rows }: KeptStep): void {
    const index = this.tiers.findIndex((tier) => tier.stepMs === stepMs);
    for (const [subject, row] of rows) this.#subject(subject).tiers[index]?.append(atMs, row);
  }

  /** Forgets all of a machine. */
  forget(subject: string): void {
    this.#subjects.delete(subject);
  }

  /** What is known of a subject, the finest tier first. */
  of(subject: string): readonly Columns[] {
    return this.#subjects.get(subject)?.tiers ?? [];
  }

  /** The step of a tier that is not over yet; the finest has none. */
  open(subject: string, tier: number): KeptRow | undefined {
    const open = this.#subjects.get(subject)?.open ?? [];
    const parts = open.slice(1, tier + 1).flatMap((step) => step ?? []);
    const [last, ...finer] = parts.reverse();
    const step = last?.asPartOf(startOf(last.atMs, this.tiers[tier]?.stepMs ?? 1));
    for (const part of finer) step?.absorb(part);
    return step && { atMs: step.atMs, row: step.row() };
  }

  /** Notes the rows of the steps that are over with this sample, by tier. */
  #add(name: string, figures: Figures, round: readonly TierRound[]): void {
    const { tiers, open } = this.#subject(name);
    const { layout, values } = figures;
    tiers[0]?.append(round[0]?.startMs ?? 0, { names: layout.means, values });
    const startMs = round[1]?.startMs;
    if (startMs === undefined) return;
    const step = open[1];
    if (step?.atMs === startMs) {
      step.add(figures);
      return;
    }
    if (step) this.#end(name, step, 1, round);
    if (step) step.restart(startMs, figures);
    else open[1] = new Step(startMs, figures);
  }

  /** A step is over: it is kept, and becomes a part of the coarser one. */
  #end(name: string, step: Step, tier: number, round: readonly TierRound[]): void {
    const { tiers, open } = this.#subject(name);
    const row = step.row();
    tiers[tier]?.append(step.atMs, row);
    if (round[tier]) noteOver(round[tier], step.atMs, name, row);
    const [next, coarser] = [tier + 1, this.tiers[tier + 1]];
    if (!coarser) return;
    const longer = open[next] ?? step.asPartOf(startOf(step.atMs, coarser.stepMs));
    if (open[next]) longer.absorb(step);
    open[next] = longer;
    if (longer.atMs === round[next]?.startMs) return;
    this.#end(name, longer, next, round);
    open[next] = undefined;
  }

  #subject(name: string): Subject {
    const known = this.#subjects.get(name);
    if (known) return known;
    const fresh = { tiers: this.tiers.map(({ keep }) => new Columns(keep)), open: [] };
    this.#subjects.set(name, fresh);
    return fresh;
  }
}

function noteOver({ over }: TierRound, begunMs: number, name: string, row: Row): void {
  const rows = over.get(begunMs) ?? new Map<string, Row>();
  over.set(begunMs, rows.set(name, row));
}

/** When the step began that a moment is in. */
export function startOf(atMs: number, stepMs: number): number {
  return Math.floor(atMs / stepMs) * stepMs;
}
