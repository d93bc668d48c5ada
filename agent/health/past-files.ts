import { join } from 'node:path';
import * as v from 'valibot';
import { LogFile } from '../../node/storage/log-file.ts';
import type { StorageFault, StoredFormat } from '../../node/storage/stored-format.ts';
import type { Row } from './columns.ts';
import {
  HYPERVISOR_SUBJECT,
  type KeptStep,
  type Past,
  type StepKeeper,
  type Tier,
} from './past.ts';

/** Subjects that have the same columns stand together, so that these are named once. */
const StoredStep = v.strictObject({
  at: v.number(),
  groups: v.array(
    v.strictObject({
      columns: v.array(v.string()),
      rows: v.record(v.string(), v.array(v.number())),
    }),
  ),
});
type StoredStep = v.InferOutput<typeof StoredStep>;

const FORMAT: StoredFormat<StoredStep> = {
  format: 'archipel-agent-statistics',
  version: 1,
  schema: StoredStep,
  migrations: {},
};

/** What the file of one tier may hold, bytes: with 500 machines more than a day of the coarsest. */
const MOST_BYTES = 32 * 1024 * 1024;
/** Of what is left when a file is written anew, the part that machines may take. */
const MACHINES_SHARE = 0.75;
/** The checksum and the ends of a line. */
const LINE_BYTES = 10;

interface KeptTier {
  readonly tier: Tier;
  readonly file: LogFile<StoredStep>;
  /** How many steps are in the file. */
  count: number;
  /** How large the file is, about. */
  bytes: number;
}

/** The past of a hypervisor and its machines in files, one for each tier but the finest. */
export class PastFiles implements StepKeeper {
  readonly #tiers: readonly KeptTier[];
  readonly #onTrouble: (fault: StorageFault) => void;
  readonly #mostBytes: number;
  #work: Promise<void> = Promise.resolve();

  constructor(
    folder: string,
    [, ...tiers]: readonly [Tier, ...Tier[]],
    onTrouble: (fault: StorageFault) => void,
    mostBytes = MOST_BYTES,
  ) {
    this.#tiers = tiers.map((tier) => {
      const path = join(folder, `statistics-${tier.stepMs / 1000}s.log`);
      return { tier, file: new LogFile(path, FORMAT), count: 0, bytes: 0 };
    });
    this.#onTrouble = onTrouble;
    this.#mostBytes = mostBytes;
  }

  /** Gives a past what was kept of those subjects. To be called before anything is added to it. */
  async restore(past: Past, isKept: (subject: string) => boolean): Promise<void> {
    for (const kept of this.#tiers) {
      const loaded = await kept.file.load();
      if (!loaded.ok) {
        this.#onTrouble(loaded.error);
        continue;
      }
      const { entries } = loaded.value;
      kept.count = entries.length;
      kept.bytes = bytesOf(entries);
      for (const entry of entries.slice(-kept.tier.keep)) {
        past.restore(kept.tier.stepMs, stepIn(entry, isKept));
      }
    }
  }

  keep(stepMs: number, step: KeptStep): void {
    const kept = this.#tiers.find(({ tier }) => tier.stepMs === stepMs);
    if (kept) this.#work = this.#work.then(() => this.#append(kept, stored(step)));
  }

  /** Resolves when all is on disk. */
  async close(): Promise<void> {
    await this.#work;
    await Promise.all(this.#tiers.map(({ file }) => file.close()));
  }

  async #append(kept: KeptTier, step: StoredStep): Promise<void> {
    const { file, tier } = kept;
    const appended = await file.append(step);
    if (!appended.ok) {
      this.#onTrouble(appended.error);
      return;
    }
    kept.count += 1;
    kept.bytes += bytesOf([step]);
    // Half as much again, so that a file is seldom written anew.
    if (kept.count <= tier.keep * 1.5 && kept.bytes <= this.#mostBytes) return;
    const loaded = await file.load();
    if (!loaded.ok) return;
    const newest = within(loaded.value.entries.slice(-tier.keep), this.#mostBytes / 2);
    const replaced = await file.replace(newest);
    if (replaced.ok) {
      kept.count = newest.length;
      kept.bytes = bytesOf(newest);
    } else this.#onTrouble(replaced.error);
  }
}

function bytesOf(steps: readonly StoredStep[]): number {
  return steps.reduce((sum, step) => {
    return sum + Buffer.byteLength(JSON.stringify(step)) + LINE_BYTES;
  }, 0);
}

/**
 * The newest steps that have room in so many bytes. Of the older ones machines are left out first,
 * so that the hypervisor itself is kept for as long as there is room for it alone.
 */
function within(steps: readonly StoredStep[], most: number): readonly StoredStep[] {
  const kept: StoredStep[] = [];
  let bytes = 0;
  let isWhole = true;
  for (const step of steps.toReversed()) {
    isWhole &&= bytes + bytesOf([step]) <= most * MACHINES_SHARE;
    const one = isWhole ? step : ofHypervisor(step);
    bytes += bytesOf([one]);
    if (bytes > most) break;
    kept.push(one);
  }
  return kept.reverse();
}

function ofHypervisor({ at, groups }: StoredStep): StoredStep {
  return {
    at,
    groups: groups.flatMap(({ columns, rows }) => {
      const own = rows[HYPERVISOR_SUBJECT];
      return own ? [{ columns, rows: { [HYPERVISOR_SUBJECT]: own } }] : [];
    }),
  };
}

function stored({ atMs, rows }: KeptStep): StoredStep {
  const groups = new Map<readonly string[], StoredStep['groups'][number]>();
  for (const [subject, { names, values }] of rows) {
    const group = groups.get(names) ?? { columns: [...names], rows: {} };
    group.rows[subject] = Array.from(values, (value) => Math.round(value * 100) / 100);
    groups.set(names, group);
  }
  return { at: atMs, groups: [...groups.values()] };
}

function stepIn({ at, groups }: StoredStep, isKept: (subject: string) => boolean): KeptStep {
  const rows = new Map<string, Row>();
  for (const { columns, rows: found } of groups) {
    for (const [subject, values] of Object.entries(found)) {
      if (!isKept(subject)) continue;
      rows.set(subject, { names: columns, values });
    }
  }
  return { atMs: at, rows };
}
