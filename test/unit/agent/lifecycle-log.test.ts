import { expect, it } from 'vitest';
import type { DomainEvent } from '../../../agent/hypervisor/domain-event.ts';
import type { Domains } from '../../../agent/hypervisor/domains.ts';
import { loggerFor } from '../../../agent/log/logger.ts';
import { logLifecycle } from '../../../agent/machines/lifecycle-log.ts';

const WEB = { uuid: '5a7e', name: 'web-01', id: undefined };

async function linesOf(happened: Pick<DomainEvent, 'event' | 'detail'>): Promise<string[]> {
  const lines: string[] = [];
  const logger = loggerFor('web', 'debug', (line) => {
    const [level = '', , , message = ''] = line.split('::');
    lines.push(`${level.trim()} ${message}`);
  });
  const domains = {
    lastWords: async (name: string, most: number) => [
      `${name}: out of memory`,
      `at most ${most} lines`,
    ],
  } as unknown as Domains;
  await logLifecycle({ ...WEB, ...happened } as DomainEvent, domains, logger);
  return lines;
}

it.each([
  ['started', 'booted', 'INFO DOMAIN web-01 started (booted)'],
  ['stopped', 'shutdown', 'INFO DOMAIN web-01 stopped (shutdown)'],
  ['defined', 'updated', 'DEBUG DOMAIN web-01 defined (updated)'],
  ['crashed', 'panicked', 'ERROR DOMAIN web-01 crashed (panicked)'],
] as const)('a domain that %s (%s) is one line', async (event, detail, line) => {
  expect(await linesOf({ event, detail })).toEqual([line]);
});

it.each(['crashed', 'failed'] as const)('the last words of one that %s follow', async (detail) => {
  expect(await linesOf({ event: 'stopped', detail })).toEqual([
    `ERROR DOMAIN web-01 stopped (${detail})`,
    'ERROR DOMAIN web-01 wrote: web-01: out of memory',
    'ERROR DOMAIN web-01 wrote: at most 5 lines',
  ]);
});
