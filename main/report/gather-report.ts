import type { ClientHandlers } from '../../client/client.ts';
import { facts } from '../handlers/app-handlers.ts';
import { problemReport, type ReportMaterial } from './problem-report.ts';

/** Nobody's window: the report is about all of them. */
const CALLER = { windowId: 0 };

/** Puts a problem report together from what the application knows of itself. */
export async function gatherReport(
  lastAction: string,
  { runs, notices, stanzas }: Pick<ClientHandlers, 'runs' | 'notices' | 'stanzas'>,
  ours: Pick<ReportMaterial, 'measures' | 'bugs'>,
): Promise<string> {
  const [runList, noticeList, records, counts] = await Promise.all([
    runs.list(undefined, CALLER),
    notices.list(undefined, CALLER),
    stanzas.open(undefined, CALLER),
    stanzas.counts(undefined, CALLER),
  ]);
  await stanzas.close(undefined, CALLER);
  return problemReport({
    lastAction,
    facts: await facts(),
    runs: runList.ok ? runList.value : [],
    notices: noticeList.ok ? noticeList.value : [],
    stanzaCounts: counts.ok ? counts.value : {},
    stanzas: records.ok ? records.value : [],
    ...ours,
  });
}
