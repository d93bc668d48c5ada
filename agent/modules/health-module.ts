import { err, ok } from '../../core/lib/result.ts';
import { health } from '../../core/protocol/health.ts';
import { serve, type ServedGroup } from '../entities/dispatcher.ts';
import type { LogBook } from '../log/log-book.ts';
import type { ModuleContext } from './module-context.ts';

/** How the hypervisor is (protocol: health). */
export function healthModule({ host, statistics, logs }: ModuleContext): ServedGroup {
  return serve(health, {
    info: async () => {
      const sample = statistics.latest();
      if (!sample) {
        return err({ code: 'health-no-sample', text: 'No sample has been collected yet.' });
      }
      const { libvirtVersion = 0, driverVersion = 0 } = host.identity ?? {};
      return ok({
        ...sample,
        libvirt: wireVersion(libvirtVersion),
        driver: wireVersion(driverVersion),
      });
    },
    history: async ({ limit }) => ok(statistics.history(limit)),
    logs: async ({ limit }) => ok(logLines(logs, limit)),
  });
}

/** Original agents do not take the major part out of the minor one, and clients expect it so. */
function wireVersion(number: number) {
  return {
    major: Math.floor(number / 1_000_000),
    minor: Math.floor(number / 1000),
    release: number % 1000,
  };
}

function logLines(logs: LogBook, limit: number) {
  return logs.last(limit).map((line) => {
    const [level = '', date = ''] = line.split('::');
    return { level, date, file: '', method: '', line };
  });
}
