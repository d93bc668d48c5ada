import { err, ok } from '../../core/lib/result.ts';
import { hypervisorInfo } from '../../core/protocol/hypervisor-info.ts';
import { serve, type ServedGroup } from '../entities/dispatcher.ts';
import { AGENT_VERSION } from '../version.ts';
import { libvirtFailure } from './failures.ts';
import { given } from './given.ts';
import type { ModuleContext } from './module-context.ts';

/** What the hypervisor is, and which modules its agent has. */
export function hypervisorInfoModule({ host, modules }: ModuleContext): ServedGroup {
  return serve(hypervisorInfo, {
    get: async () => {
      const node = await host.hypervisor.nodeInfo();
      if (!node.ok) return err(libvirtFailure(node.error, 'hypervisor-info-failed'));
      const { identity } = host;
      if (!identity) {
        const text = 'The hypervisor has not been reached yet.';
        return err({ code: 'hypervisor-info-failed', text });
      }
      const { memoryKiB, mhz, ...rest } = node.value;
      return ok({
        node: { ...rest, memoryKib: memoryKiB, cpuMhz: mhz },
        agent: { version: AGENT_VERSION },
        libvirt: {
          version: dotted(identity.libvirtVersion),
          driver: identity.driver,
          ...(identity.driverVersion > 0 ? { driverVersion: dotted(identity.driverVersion) } : {}),
        },
        modules: modules.map(({ id, isLoaded, reason }) => ({
          id,
          isLoaded,
          ...given({ reason }),
        })),
      });
    },
  });
}

function dotted(number: number): string {
  const parts = [number / 1_000_000, (number / 1000) % 1000, number % 1000];
  return parts.map((part) => Math.floor(part)).join('.');
}
