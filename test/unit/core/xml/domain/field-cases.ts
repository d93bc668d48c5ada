import { disk } from './disk-cases.ts';
import { domain } from './domain-cases.ts';
import type { RecordCases } from './edits.ts';
import { networkCard } from './interface-cases.ts';
import { operatingSystem } from './operating-system-cases.ts';
import { boot, graphics, maxMemory, vcpu } from './small-cases.ts';

/** One edit of every field of every record. */
export const fieldCases: Readonly<Record<string, RecordCases>> = {
  boot,
  vcpu,
  maxMemory,
  graphics,
  interface: networkCard,
  disk,
  os: operatingSystem,
  domain,
};
