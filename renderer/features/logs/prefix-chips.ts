import type { NameCount } from '../../../core/logs/log-page.ts';

/** What one looks for first: parts that act on machines. */
const FIRST = ['MIGRATION', 'VMPARKING', 'VMCASTING', 'SNAPSHOT', 'OOMKILLER', 'LIBVIRT'];
const MOST = 10;

/** The parts of the agent that are offered as chips, with their lines; those that are chosen always are. */
export function chipsOf(
  counts: readonly NameCount[],
  chosen: readonly string[],
): readonly NameCount[] {
  const known = new Map(counts);
  const names = [...FIRST.filter((name) => known.has(name)), ...counts.map(([name]) => name)];
  const offered = [...new Set(names)].slice(0, MOST);
  const others = chosen.filter((name) => !offered.includes(name));
  return [...offered, ...others].map((name) => [name, known.get(name) ?? 0] as const);
}
