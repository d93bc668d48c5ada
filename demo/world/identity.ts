import { createHash } from 'node:crypto';
import { seededRandom, seedOf } from '../../agent/hypervisor/simulated/random.ts';
import type { Workload } from '../../agent/hypervisor/simulated/world.ts';

/** A UUID that is always the same for the same name, in the form of a random one (RFC 9562). */
export function uuidOf(name: string): string {
  const bytes = createHash('sha256').update(`archipel demo ${name}`).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [8, 12, 16, 20, 32]
    .map((end, index) => hex.slice([0, 8, 12, 16, 20][index], end))
    .join('-');
}

/** What loads a machine on average, drawn from its name around the CPU share it is given. */
export function workloadOf(name: string, cpuShare: number): Workload {
  const random = seededRandom(seedOf(0, name));
  const traffic = 4000 * 500 ** random();
  return {
    cpuShare: Math.min(cpuShare, 0.5),
    memoryShare: 0.35 + 0.4 * random(),
    rxBytesPerSecond: traffic,
    txBytesPerSecond: traffic * (0.3 + 2 * random()),
    readBytesPerSecond: 30_000 * random(),
    writeBytesPerSecond: 8000 + 120_000 * random(),
  };
}
