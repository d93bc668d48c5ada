import { dialog, type BrowserWindow } from 'electron';
import { writeFile } from 'node:fs/promises';
import type { AppFacts, Measure } from '../../core/contract/app.ts';
import type { AppError } from '../../core/contract/app-error.ts';
import type { Notice } from '../../core/contract/notices.ts';
import type { Run } from '../../core/contract/runs.ts';
import type { StanzaRecord } from '../../core/contract/stanzas.ts';
import { err, ok, type Result } from '../../core/lib/result.ts';

const LAST_RUNS = 10;
const LAST_STANZAS = 50;

export interface ReportMaterial {
  readonly lastAction: string;
  readonly facts: AppFacts;
  readonly runs: readonly Run[];
  readonly notices: readonly Notice[];
  readonly measures: readonly Measure[];
  /** How many stanzas were sent, by what caused them. */
  readonly stanzaCounts: Readonly<Record<string, number>>;
  /** Already masked where they were recorded. */
  readonly stanzas: readonly StanzaRecord[];
  readonly bugs: readonly string[];
}

/** A report as a person can read it before giving it to anybody; it is never sent by itself. */
export function problemReport(material: ReportMaterial): string {
  const { facts, lastAction, runs, notices, measures, stanzaCounts, stanzas, bugs } = material;
  const versions = { ...facts, changes: undefined };
  return [
    '# Archipel problem report',
    section('What was done last', lastAction.trim() === '' ? '(not said)' : lastAction),
    section('Versions', JSON.stringify(versions, undefined, 2)),
    section('Last commands', lines(runs.slice(-LAST_RUNS).map(describeRun))),
    section('Notifications', lines(notices.map(({ level, title }) => `${level}: ${title}`))),
    section('Faults inside the app', lines(bugs)),
    section(
      'Measures',
      lines(measures.map((one) => `${one.kind} ${one.name} ${one.milliseconds} ms`)),
    ),
    section(
      'Stanzas sent, by cause',
      lines(Object.entries(stanzaCounts).map(([cause, count]) => `${cause} ${count}`)),
    ),
    section(
      'Last stanzas, secrets masked',
      lines(stanzas.slice(-LAST_STANZAS).map(({ xml }) => xml)),
    ),
    '',
  ].join('\n\n');
}

/** Asks where to, and writes the report; the path, or undefined when the user thought better of it. */
export async function saveProblemReport(
  text: string,
  window: BrowserWindow | undefined,
): Promise<Result<string | undefined, AppError>> {
  const options = {
    defaultPath: 'archipel-report.md',
    filters: [{ name: 'Markdown', extensions: ['md'] }],
  };
  const { canceled, filePath } = await (window
    ? dialog.showSaveDialog(window, options)
    : dialog.showSaveDialog(options));
  if (canceled) return ok(undefined);
  try {
    await writeFile(filePath, text, { mode: 0o600 });
    return ok(filePath);
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    return err({ code: 'storage-unwritable', file: filePath, detail });
  }
}

function section(title: string, body: string): string {
  return `## ${title}\n\n${body}`;
}

function lines(all: readonly string[]): string {
  return all.length === 0 ? '(none)' : all.map((line) => `    ${line}`).join('\n');
}

function describeRun({ command, startedAt, items }: Run): string {
  const outcomes = items.map(({ entityName, state }) => `${entityName} ${state.name}`);
  return `${new Date(startedAt).toISOString()} ${command}: ${outcomes.join(', ')}`;
}
