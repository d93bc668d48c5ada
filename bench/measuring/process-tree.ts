import { readdir, readFile } from 'node:fs/promises';

/** In which the kernel counts the time of a process. */
const TICKS_PER_SECOND = 100;

/** What any of its threads started: the kernel lists children by thread. */
async function childrenOf(pid: number): Promise<readonly number[]> {
  const threads = await readdir(`/proc/${pid}/task`).catch(() => []);
  const lists = threads.map(async (thread) => {
    const text = await readFile(`/proc/${pid}/task/${thread}/children`, 'utf8').catch(() => '');
    return text.trim().split(' ').filter(Boolean).map(Number);
  });
  return (await Promise.all(lists)).flat();
}

/** A process and all that it started, as far as they still run. Linux only. */
async function processTree(pid: number): Promise<readonly number[]> {
  const below = await Promise.all((await childrenOf(pid)).map(processTree));
  return [pid, ...below.flat()];
}

/** Memory of processes, in MB. */
export interface TreeMemory {
  /** All that they really take: what several share is counted once (`Pss`, proc(5)). */
  readonly whole: number;
  /**
   * What they made themselves. Of the program's own files each takes a share, which grows when another
   * program that runs the same ends.
   */
  readonly made: number;
}

/** What was swapped out is still kept. Fails where the kernel does not tell: 0 would look like no growth. */
function madeIn(rollup: string): number {
  // A process that has ended meanwhile.
  if (rollup === '') return 0;
  if (!rollup.includes('Pss_Anon:'))
    throw new Error('This kernel tells no Pss_Anon: use 5.4 or later');
  const kinds = ['Pss_Anon', 'Pss_Shmem', 'SwapPss'];
  return kinds.reduce((sum, kind) => sum + kibibytesOf(kind, rollup), 0);
}

function kibibytesOf(name: string, rollup: string): number {
  return Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(rollup)?.[1] ?? 0);
}

/** The memory of a process and of all that it started. Linux only. */
export async function memoryOfTree(pid: number): Promise<TreeMemory> {
  const sizes = (await processTree(pid)).map(async (one) => {
    const text = await readFile(`/proc/${one}/smaps_rollup`, 'utf8').catch(() => '');
    return { whole: kibibytesOf('Pss', text), made: madeIn(text) };
  });
  const all = await Promise.all(sizes);
  const megabytes = (of: keyof TreeMemory): number =>
    (all.reduce((sum, size) => sum + size[of], 0) * 1024) / 1e6;
  return { whole: megabytes('whole'), made: megabytes('made') };
}

/** Processor time of one process so far, in milliseconds. */
export async function processorTime(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  // After the name in brackets, which may hold anything: fields 14 and 15 of proc(5) are user and system.
  const [user = 0, system = 0] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13)
    .map(Number);
  return ((user + system) / TICKS_PER_SECOND) * 1000;
}

/** Processor time so far, in milliseconds, of a process and of all that it started and that still run. */
export async function processorTimeOfTree(pid: number): Promise<number> {
  const times = await Promise.all((await processTree(pid)).map(processorTime));
  return times.reduce((sum, time) => sum + time, 0);
}
