import { expect, it } from 'vitest';
import { Partitions, type FileSystem } from '../../../../agent/health/partitions.ts';
import { ManualTime, settled } from '../../../support/manual-time.ts';

const DISK = '/dev/sda1 / ext4 rw 0 0\n';
const SHARE = 'nas:/pool /srv/pool nfs4 rw 0 0\n';

/** Partitions whose file systems answer when the test says so; what is asked, by place. */
function begin(mounts = DISK) {
  const clock = new ManualTime();
  const asked: Record<string, ((free: number) => void)[]> = {};
  const partitions = new Partitions({
    clock,
    mounts: () => mounts,
    statfs: (place) =>
      new Promise<FileSystem>((resolve) => {
        const answer = (free: number): void => {
          resolve({ bsize: 1024, blocks: 100, bfree: free, bavail: free });
        };
        asked[place] = [...(asked[place] ?? []), answer];
      }),
  });
  const usedKib = async () => (await partitions.read()).usedBytes / 1024;
  const answer = async (place: string, free: number): Promise<void> => {
    asked[place]?.at(-1)?.(free);
    await settled();
  };
  return { clock, asked, answer, usedKib };
}

it('asks file systems every ten seconds, and says what it knows until they have answered', async () => {
  const { clock, asked, answer, usedKib } = begin();
  const first = usedKib();
  await answer('/', 60);
  expect(await first).toBe(40);
  await clock.pass(9999);
  await usedKib();
  expect(asked['/']).toHaveLength(1);
  await clock.pass(1);
  expect(await usedKib()).toBe(40);
  // One that does not answer is not asked again, and holds nobody up.
  await clock.pass(50_000);
  expect(await usedKib()).toBe(40);
  expect(asked['/']).toHaveLength(2);
  await answer('/', 50);
  expect(await usedKib()).toBe(50);
});

it('leaves one out that never answers, and goes on to tell of all others', async () => {
  const { clock, answer, usedKib } = begin(DISK + SHARE);
  const first = usedKib();
  await answer('/', 60);
  await clock.pass(1000);
  expect(await first).toBe(40);
  await clock.pass(10_000);
  const second = await usedKib();
  await answer('/', 50);
  expect([second, await usedKib()]).toEqual([40, 50]);
  await answer('/srv/pool', 70);
  expect(await usedKib()).toBe(80);
});

it('leaves the agent room to breathe when servers with many shares are gone', async () => {
  const gone = ['a', 'b', 'c', 'd', 'e'].map((one) => `nas:/${one} /srv/${one} nfs4 rw 0 0\n`);
  const other = '//box/share /srv/box cifs rw 0 0\n';
  const { clock, answer, asked, usedKib } = begin([DISK, ...gone, other].join(''));
  const first = usedKib();
  await answer('/', 60);
  await answer('/srv/box', 70);
  await clock.pass(1000);
  expect([await first, Object.keys(asked).sort()]).toEqual([70, ['/', '/srv/a', '/srv/box']]);
  for (const share of ['a', 'b', 'c', 'd', 'e']) await answer(`/srv/${share}`, 90);
  expect(await usedKib()).toBe(120);
});

it('asks again at once after a failure, and after the clock was set back', async () => {
  let mounts = (): string => {
    throw new Error('EIO');
  };
  const world = { nowMs: 50_000, looks: 0 };
  const partitions = new Partitions({
    clock: { now: () => world.nowMs, after: () => () => undefined },
    mounts: () => mounts(),
    statfs: async () => {
      world.looks += 1;
      return { bsize: 1024, blocks: 100, bfree: 1, bavail: 1 };
    },
  });
  await expect(partitions.read()).rejects.toThrow('EIO');
  mounts = () => DISK;
  expect((await partitions.read()).usedBytes).toBe(99 * 1024);
  world.nowMs = 10;
  await partitions.read();
  expect(world.looks).toBe(2);
});
