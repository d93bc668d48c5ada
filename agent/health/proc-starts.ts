import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** USER_HZ, which is 100 on every architecture that runs guests (proc(5), time(7)). */
const TICKS_PER_SECOND = 100;
/** Of /proc/<pid>/stat, counted from behind the name, which may hold anything. */
const START_TIME = 19;

/** When the QEMU processes of these domains were started, in milliseconds since 1970; without those it cannot see. */
export async function processStarts(
  proc: string,
  uuids: ReadonlySet<string>,
): Promise<ReadonlyMap<string, number>> {
  const text = (...path: string[]) => readFile(join(proc, ...path), 'utf8').catch(() => '');
  const bootedAt = Number(/^btime (\d+)$/mu.exec(await text('stat'))?.[1] ?? Number.NaN);
  const names = await readdir(proc).catch(() => []);
  const starts = new Map<string, number>();
  for (const pid of names.filter((name) => /^\d+$/u.test(name))) {
    const uuid = uuidOfProcess(await text(pid, 'cmdline'));
    if (uuid === undefined || !uuids.has(uuid)) continue;
    const ticks = startTicks(await text(pid, 'stat'));
    const at = Math.round(1000 * (bootedAt + ticks / TICKS_PER_SECOND));
    if (Number.isSafeInteger(at)) starts.set(uuid, at);
  }
  return starts;
}

/** The domain that libvirt started a process of QEMU for; its arguments end in zero bytes. */
function uuidOfProcess(commandLine: string): string | undefined {
  const [, ...given] = commandLine.split('\0');
  const place = given.indexOf('-uuid');
  return place < 0 ? undefined : given[place + 1]?.toLowerCase();
}

/** Of /proc/<pid>/stat (proc(5)): when it was started, in ticks since the machine booted. */
function startTicks(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return Number(fields[START_TIME] ?? Number.NaN);
}
