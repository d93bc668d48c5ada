import { networkInterfaces } from 'node:os';
import type { ModuleSettings } from './module-context.ts';

/** The configured address of this hypervisor, or the first that others can reach. */
export function addressOf({ machineIp }: ModuleSettings): string {
  if (!['auto', 'gateway_interface'].includes(machineIp)) return machineIp;
  const all = Object.values(networkInterfaces()).flatMap((one) => one ?? []);
  const outside = all.filter(({ internal }) => !internal);
  return (outside.find(({ family }) => family === 'IPv4') ?? outside[0])?.address ?? '127.0.0.1';
}
