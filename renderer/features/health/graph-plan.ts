import type { Entity, EntityId } from '../../../core/domain/entity.ts';
import type { GraphUnit } from '../../../core/graphs/value-scale.ts';
import type { StatisticsHistory } from '../../../core/protocol/statistics.ts';
import type { Messages } from '../../../core/messages/catalogue.ts';

export type SeriesName = StatisticsHistory['series'][number]['name'];

/** A series that an entity has, with its device where there are several. */
export interface KnownSeries {
  readonly entity: EntityId;
  readonly name: SeriesName;
  readonly device?: string;
}

export interface PlannedLine {
  readonly track: string;
  readonly label: string;
}

/** One graph of the panel: what it is called, and which lines it has. */
export interface GraphPlan {
  readonly id: string;
  readonly title: string;
  readonly unit: GraphUnit;
  readonly lines: readonly PlannedLine[];
  /** What the top of the scale is of: the largest of these. */
  readonly topTracks: readonly string[];
}

interface Kind {
  readonly id: keyof Messages['health']['graphs'];
  readonly unit: GraphUnit;
  readonly series: readonly SeriesName[];
  /** What the top of the scale is, of one entity alone. */
  readonly top?: SeriesName;
}

const KINDS: readonly Kind[] = [
  { id: 'cpu', unit: 'percent', series: ['cpu'] },
  {
    id: 'memory',
    unit: 'bytes',
    series: ['memory-used', 'memory-shared', 'memory-swapped'],
    top: 'memory-total',
  },
  { id: 'load', unit: 'load', series: ['load-1', 'load-5', 'load-15'] },
  { id: 'network', unit: 'bytes-per-second', series: ['network-received', 'network-sent'] },
  { id: 'block', unit: 'bytes-per-second', series: ['block-read', 'block-written'] },
  { id: 'disk', unit: 'bytes', series: ['disk-used'], top: 'disk-total' },
  { id: 'partitions', unit: 'bytes', series: ['partition-used'], top: 'partition-total' },
];

/** So many entities are compared at once: more lines cannot be told apart by colour and dashes. */
export const MOST_COMPARED = 24;

/** Where several entities are compared, each has one line in a graph. */
const COMPARED: ReadonlySet<SeriesName> = new Set([
  'cpu',
  'memory-used',
  'load-1',
  'network-received',
  'network-sent',
  'block-read',
  'block-written',
  'disk-used',
]);

export function trackOf({ entity, name, device = '' }: KnownSeries): string {
  return `${entity} ${name} ${device}`;
}

/** The graphs for what these entities have; those that nothing was measured for are left out. */
export function planGraphs(
  entities: readonly Entity[],
  known: readonly KnownSeries[],
  words: Messages['health'],
): readonly GraphPlan[] {
  const isComparison = entities.length > 1;
  const names = new Map(entities.map(({ id, name }) => [id, name]));
  return KINDS.flatMap((kind): readonly GraphPlan[] => {
    const shown = known.filter(({ name }) => {
      return kind.series.includes(name) && (!isComparison || COMPARED.has(name));
    });
    if (shown.length === 0) return [];
    const order = (one: KnownSeries) => kind.series.indexOf(one.name);
    const lines = shown
      .toSorted((left, right) => order(left) - order(right))
      .map((one) => ({ track: trackOf(one), label: labelOf(one, isComparison, names, words) }));
    const tops = known.filter(({ name }) => !isComparison && name === kind.top);
    const { id, unit } = kind;
    return [{ id, title: words.graphs[id], unit, lines, topTracks: tops.map(trackOf) }];
  });
}

function labelOf(
  { entity, name, device }: KnownSeries,
  isComparison: boolean,
  names: ReadonlyMap<EntityId, string>,
  words: Messages['health'],
): string {
  const line = words.lines[name];
  const own = device === undefined ? line : words.ofDevice(device, line);
  return isComparison ? words.ofEntity(names.get(entity) ?? '', own) : own;
}
