import { err, ok } from '../../core/lib/result.ts';
import { health } from '../../core/protocol/health.ts';
import { serve, type ServedGroup } from '../entities/dispatcher.ts';
import type { LogTail } from '../log/log-tail.ts';
import type { ModuleContext } from './module-context.ts';

/** More would not fit in a stanza. */
const MOST_LINES = 1000;

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
    logs: async ({ limit }) => logLines(logs, limit),
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

/** What is no line of the log's own form, such as a traceback, is left out. */
async function logLines(logs: LogTail, limit: number) {
  try {
    const lines = (await logs.last(Math.min(limit, MOST_LINES))).map((line) => ({
      line,
      fields: line.split('::'),
    }));
    const whole = lines.filter(({ fields }) => fields.length > 1);
    return ok(
      whole.map(({ line, fields: [level = '', date = ''] }) => {
        return { level, date, file: '', method: '', line };
      }),
    );
  } catch (cause) {
    const text = cause instanceof Error ? cause.message : String(cause);
    return err({ code: 'health-logs-failed', text: `The log cannot be read: ${text}` } as const);
  }
}
