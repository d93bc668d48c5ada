import type { GraphRange } from '../../commands/graph-commands.ts';
import type { TickStyle } from '../../graphs/time-ticks.ts';
import type { GraphUnit } from '../../graphs/value-scale.ts';
import { amounts, NOT_KNOWN } from './amounts.ts';

const load = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });
const percent = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const seconds = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });
const minutes = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const TICKS: Readonly<Record<TickStyle, Intl.DateTimeFormat>> = { seconds, minutes, days: day };

/** A value of a graph with its unit; a dash where there is none. */
function value(unit: GraphUnit, amount: number | undefined): string {
  if (amount === undefined) return NOT_KNOWN;
  switch (unit) {
    case 'percent':
      return `${percent.format(amount)} %`;
    case 'bytes':
      return amounts.bytes(amount);
    case 'bytes-per-second':
      return `${amounts.bytes(amount)}/s`;
    case 'load':
      return load.format(amount);
  }
}

const ranges: Readonly<Record<GraphRange, string>> = {
  '300': 'Last 5 minutes',
  '1800': 'Last 30 minutes',
  '10800': 'Last 3 hours',
  '86400': 'Last day',
  '604800': 'Last week',
  '2419200': 'Last 4 weeks',
};

/** Graphs of what hypervisors and virtual machines do. */
export const health = {
  value,
  /** The label of a moment on the axis of time; midnight as its day. */
  tick: (style: TickStyle, at: number) => {
    const isMidnight = new Date(at).getHours() === 0 && new Date(at).getMinutes() === 0;
    return (style === 'minutes' && isMidnight ? day : TICKS[style]).format(at);
  },
  meters: (cpu: string, memory: string) => `processors ${cpu}, memory ${memory}`,
  limits: { cpu: 'Processors', memory: 'Memory', disk: 'Disks' },
  limitsHint: 'Tells of a hypervisor that goes over it, also while nobody looks at it.',
  limitOf: (what: string) => `Limit for ${what.toLowerCase()} of hypervisors`,
  limitChoice: (limit: number | undefined) => (limit === undefined ? 'None' : `${limit} %`),
  limitPassed: (what: string, amount: number, limit: number) =>
    `${what} at ${percent.format(amount)} %, over the limit of ${limit} %`,
  limitMark: (what: string, limit: number) => `${what} over ${limit} %`,
  limitPassedOn: (name: string, text: string) => `${name}: ${text}`,
  timeHeading: 'Time (UTC)',
  otherLines: (count: number) => `${count} more`,
  lowestOf: (line: string) => `${line}, lowest`,
  highestOf: (line: string) => `${line}, highest`,
  time: 'Time',
  range: 'Stretch of time',
  ranges,
  showLast: (range: GraphRange) => `Graphs: ${ranges[range].toLowerCase()}`,
  live: 'Follow now',
  table: 'As tables',
  byHand: 'Drag to move, Ctrl and wheel to zoom, click for the moment.',
  graphs: {
    cpu: 'Processors',
    memory: 'Memory',
    load: 'Load',
    disk: 'Disks',
    network: 'Network',
    partitions: 'Partitions',
    block: 'Disk traffic',
  },
  lines: {
    cpu: 'Busy',
    'memory-total': 'Total',
    'memory-used': 'Used',
    'memory-shared': 'Shared (KSM)',
    'memory-swapped': 'Swapped',
    'load-1': '1 min',
    'load-5': '5 min',
    'load-15': '15 min',
    'disk-total': 'Size',
    'disk-used': 'Used',
    'network-received': 'Received',
    'network-sent': 'Sent',
    'partition-total': 'Size',
    'partition-used': 'Used',
    'block-read': 'Read',
    'block-written': 'Written',
  },
  firstOf: (shown: number, all: number) =>
    `The first ${shown} of ${amounts.count(all)} are compared.`,
  ofDevice: (device: string, line: string) => `${device} ${line.toLowerCase()}`,
  ofEntity: (entity: string, line: string) => `${entity}: ${line.toLowerCase()}`,
  graphLabel: (graph: string) =>
    `${graph}. Arrow keys move through time, plus and minus zoom, with Shift the moment moves.`,
  summary: (graph: string, lines: readonly string[]) =>
    lines.length === 0 ? `${graph}: nothing was measured.` : `${graph}: ${lines.join('; ')}.`,
  lineSummary: (line: string, newest: string, lowest: string, highest: string) =>
    `${line} now ${newest}, between ${lowest} and ${highest}`,
  atMoment: (moment: string) => `At ${moment}`,
  saveCsv: (graph: string) => `Save ${graph.toLowerCase()} as CSV`,
  savePng: (graph: string) => `Save ${graph.toLowerCase()} as PNG`,
  fileName: (graph: string, subject: string) => `${subject} ${graph}`,
  earlierRows: (count: number) => `${amounts.count(count)} earlier rows are in the CSV file.`,
};

/** The whole fleet at a glance. */
export const dashboard = {
  hypervisors: 'Hypervisors',
  machines: 'Virtual machines',
  online: (online: number, all: number) =>
    `${amounts.count(online)} of ${amounts.count(all)} online`,
  notMeasured: 'Not measured yet',
  wrong: (count: number) =>
    count === 0 ? 'What is wrong' : `What is wrong (${amounts.count(count)})`,
  nothingWrong: 'Nothing that is known of.',
  changed: 'What changed last',
  nothingChanged: 'Nothing since the log-in.',
  busiest: 'Most processor time',
  fullest: 'Most memory',
};
