import type { DomainEvent, Lifecycle } from '../hypervisor/domain-event.ts';
import type { Domains } from '../hypervisor/domains.ts';
import type { Logger } from '../log/logger.ts';

/** How much of what a domain's process wrote is told when it ends badly. */
const LAST_WORDS = 5;

type Weight = 'debug' | 'info' | 'error';

/** What nobody asked for and somebody has to look at. */
const BAD: ReadonlySet<Lifecycle['detail']> = new Set<Lifecycle['detail']>([
  'crashed',
  'panicked',
  'crashloaded',
  'failed',
  'io-error',
  'watchdog',
  'postcopy-failed',
]);

function weightOf({ event, detail }: Lifecycle): Weight {
  if (BAD.has(detail)) return 'error';
  return event === 'defined' || event === 'undefined' ? 'debug' : 'info';
}

/** Writes what happens to a domain into the log, and of one that ended badly its last words. */
export async function logLifecycle(
  happened: DomainEvent,
  domains: Domains,
  logger: Logger,
): Promise<void> {
  const { event, detail, name } = happened;
  const weight = weightOf(happened);
  logger[weight](`DOMAIN ${name} ${event} (${detail})`);
  // A guest that panicked writes its last words when its process ends.
  if (weight !== 'error' || event === 'crashed') return;
  const words = await domains.lastWords(name, LAST_WORDS);
  for (const line of words) logger.error(`DOMAIN ${name} wrote: ${line}`);
}
