import type { Client } from '../../client/client.ts';
import type { Failure } from '../../core/contract/explanation.ts';
import type { Result } from '../../core/lib/result.ts';
import { facts } from '../handlers/app-handlers.ts';
import { redactLines } from './redact-lines.ts';
import { problemReport, type ReportMaterial } from './problem-report.ts';

/** Nobody's window: the report is about all of them. */
const CALLER = { windowId: 0 };

/** Puts a problem report together from what the application knows of itself. */
export async function gatherReport(
  client: Pick<Client, 'entities' | 'handlers' | 'orders'>,
  failure: Failure | undefined,
  ours: Pick<ReportMaterial, 'measures' | 'bugs'>,
): Promise<string> {
  const { accounts, diagnosis, notices, runs, stanzas } = client.handlers;
  const [accountList, runList, noticeList, records, counts, explained] = await Promise.all([
    accounts.list(undefined, CALLER),
    runs.list(undefined, CALLER),
    notices.list(undefined, CALLER),
    stanzas.open(undefined, CALLER),
    stanzas.counts(undefined, CALLER),
    failure && diagnosis.explain(failure, CALLER),
  ]);
  await stanzas.close(undefined, CALLER);
  const report = problemReport({
    ...ours,
    facts: await facts(),
    accounts: listOf(accountList),
    entities: client.entities(),
    runs: listOf(runList),
    orders: client.orders(),
    notices: listOf(noticeList),
    stanzaCounts: counts.ok ? counts.value : {},
    stanzas: listOf(records),
    failure,
    explanation: explained?.ok ? explained.value : undefined,
  });
  return redactLines(report);
}

function listOf<T>(reply: Result<readonly T[], unknown>): readonly T[] {
  return reply.ok ? reply.value : [];
}
