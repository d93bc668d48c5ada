import { expect, it } from 'vitest';
import { Partitions, type FileSystem } from '../../../../agent/health/partitions.ts';

/** Partitions whose file systems answer when the test says so. */
function begin() {
  const world = { nowMs: 0 };
  const asked: ((free: number) => void)[] = [];
  const partitions = new Partitions({
    nowMs: () => world.nowMs,
    mounts: () => '/dev/sda1 / ext4 rw 0 0\n',
    statfs: () =>
      new Promise<FileSystem>((resolve) => {
        asked.push((free) => resolve({ bsize: 1024, blocks: 100, bfree: free, bavail: free }));
      }),
  });
  return { world, asked, usedKib: async () => (await partitions.read()).usedBytes / 1024 };
}

it('asks file systems every ten seconds, and says what it knows until they have answered', async () => {
  const { world, asked, usedKib } = begin();
  const first = usedKib();
  asked[0]?.(60);
  expect(await first).toBe(40);
  world.nowMs = 9999;
  await usedKib();
  expect(asked).toHaveLength(1);
  world.nowMs = 10_000;
  expect(await usedKib()).toBe(40);
  // One that does not answer is not asked again, and holds nobody up.
  world.nowMs = 60_000;
  expect(await usedKib()).toBe(40);
  expect(asked).toHaveLength(2);
  asked[1]?.(50);
  await new Promise(setImmediate);
  expect(await usedKib()).toBe(50);
});

it('asks again at once after a failure, and after the clock was set back', async () => {
  let mounts = (): string => {
    throw new Error('EIO');
  };
  const world = { nowMs: 50_000, looks: 0 };
  const partitions = new Partitions({
    nowMs: () => world.nowMs,
    mounts: () => mounts(),
    statfs: async () => {
      world.looks += 1;
      return { bsize: 1024, blocks: 100, bfree: 1, bavail: 1 };
    },
  });
  await expect(partitions.read()).rejects.toThrow('EIO');
  mounts = () => '/dev/sda1 / ext4 rw 0 0\n';
  expect((await partitions.read()).usedBytes).toBe(99 * 1024);
  world.nowMs = 10;
  await partitions.read();
  expect(world.looks).toBe(2);
});
