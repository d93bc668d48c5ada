import { mkdir, mkdtemp, readdir, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { KernelFile } from '../../../../agent/health/kernel-file.ts';
import { ProcProbe } from '../../../../agent/health/proc-probe.ts';
import { waitFor } from '../../../support/libvirtd.ts';

let folder = '';
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'archipel-kernel-'))));
afterEach(() => rm(folder, { recursive: true }));

/** How many files of the folder this process has open. */
async function openCount(): Promise<number> {
  const own = '/proc/self/fd';
  const names = await readdir(own);
  const targets = await Promise.all(names.map((name) => readlink(join(own, name)).catch(() => '')));
  return targets.filter((target) => target.startsWith(folder)).length;
}

it('tells anew what the kernel says now', async () => {
  const uptime = new KernelFile('/proc/uptime');
  const first = uptime.text();
  await waitFor('a later moment', 5000, () => uptime.text() !== first);
  uptime.close();
  expect(first).toMatch(/^\d+\.\d+ \d+\.\d+\n$/u);
});

it('reads all of a file that is longer than one read gives', async () => {
  const path = join(folder, 'long');
  const text = 'a line of it\n'.repeat(10_000);
  await writeFile(path, text);
  const long = new KernelFile(path);
  // The kernel tells of the memory of a process in pieces, and of its stack near the end.
  const maps = new KernelFile('/proc/self/maps');
  expect(long.text() === text).toBe(true);
  expect(maps.text()).toContain('[stack]');
  long.close();
  maps.close();
});

it('stays open, and is opened anew where it could not be read', async () => {
  const path = join(folder, 'stat');
  const file = new KernelFile(path);
  expect(() => file.text()).toThrow('ENOENT');
  await writeFile(path, 'one');
  expect([file.text(), await openCount()]).toEqual(['one', 1]);
  await writeFile(path, 'two, longer');
  expect([file.text(), await openCount()]).toEqual(['two, longer', 1]);
  file.close();
  file.close();
  expect(await openCount()).toBe(0);
  await writeFile(path, 'three');
  expect(file.text()).toBe('three');
  file.close();
});

it('opens the files of /proc once for all readings, and lets go of them', async () => {
  const files = {
    meminfo: 'MemTotal: 8 kB\nMemFree: 2 kB\n',
    loadavg: '0.5 0.4 0.3 1/2 3\n',
    uptime: '7200.00 1.00\n',
    mounts: '',
    stat: 'cpu  1 2 3 4\n',
    'net/dev': '',
    cpuinfo: 'flags\t: vmx\n',
  };
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  const probe = new ProcProbe(folder);
  const first = await probe.read();
  await writeFile(join(folder, 'loadavg'), '1.5 0.4 0.3 1/2 3\n');
  const second = await probe.read();
  expect([first.load.one, second.load.one, second.memory.usedKib]).toEqual([0.5, 1.5, 6]);
  expect(await openCount()).toBe(6);
  probe.close();
  expect(await openCount()).toBe(0);
});
