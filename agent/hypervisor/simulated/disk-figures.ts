import type { BlockStatistics } from '../statistics.ts';
import type { Definition } from './definition.ts';

const BYTES_PER_REQUEST = 16_384;
const GIBIBYTE = 2 ** 30;

/** What went through a disk so far. */
export interface DiskTraffic {
  readonly readBytes: number;
  readonly writeBytes: number;
}

/** The figures of each disk of a definition; the sizes are there even while the domain is off. */
export function diskFigures(
  definition: Definition,
  trafficOf: (index: number) => DiskTraffic,
): readonly BlockStatistics[] {
  return definition.record.disks.map((disk, index) => {
    const traffic = trafficOf(index);
    const writeBytes = disk.isReadOnly ? 0 : traffic.writeBytes;
    const capacityBytes = (disk.device === 'cdrom' ? 1 : 20) * GIBIBYTE;
    const filled = Math.round(0.3 * capacityBytes + writeBytes / 50);
    const allocationBytes = Math.min(capacityBytes, filled);
    return {
      name: disk.target ?? `disk${index}`,
      path: disk.sourceFile ?? disk.sourceDevice,
      readBytes: traffic.readBytes,
      readRequests: Math.round(traffic.readBytes / BYTES_PER_REQUEST),
      writeBytes,
      writeRequests: Math.round(writeBytes / BYTES_PER_REQUEST),
      allocationBytes,
      capacityBytes,
      physicalBytes: allocationBytes,
    };
  });
}
