import type { AgentUnit } from '../../core/contract/diagnosis.ts';
import type { BareJid } from '../../core/domain/jid.ts';
import { LogLineReader, type LogLine } from '../../core/logs/log-line.ts';
import type { HostReport } from '../../node/ssh/agent-check.ts';
import { redactData } from '../redaction.ts';

/** The end of an agent's log, and where it was found. */
export interface AgentLogEnd {
  readonly place: string;
  readonly state: 'read' | 'missing' | 'denied';
  /** Those of the entity that is asked about and those of nobody, the oldest first. */
  readonly lines: readonly LogLine[];
}

const JOURNAL = 'journalctl -u archipel-agent';
const AGENTS = new Set(['archipel-agent', 'archipel-agent.mjs', 'runarchipel', 'runarchipel.py']);
const INTERPRETER = /^(node|nodejs|python[\d.]*)$/;
const MOST_LINE = 300;
const MASK = '$1…';
// What a traceback or a careless program may print: `password=…`, `token: …`.
const SECRET =
  /((?:pass(?:word|wd|phrase)?|secret|token)["']?\s*[=:]\s*)(?:"[^"]*"|'[^']*'|\S+)/giu;
const RECENT_MS = 600_000;
const STARTS = /^(AGENT \S+ starts$|Starting Archipel\b)/;

/** How many agents run, of what `ps` or `pgrep` say; who only names one, such as an editor, is none. */
export function runningAgents({ processes }: HostReport): number {
  return processes.split('\n').filter((line) => {
    const words = line
      .trim()
      .replace(/^\d+\s+(\d+\s+)?/, '')
      .split(/\s+/);
    const [first = '', ...rest] = words.map((word) => word.slice(word.lastIndexOf('/') + 1));
    if (AGENTS.has(first)) return true;
    return INTERPRETER.test(first) && rest.slice(0, 3).some((word) => AGENTS.has(word));
  }).length;
}

/** The first unit of an agent that systemd knows. */
export function agentUnit({ units }: HostReport): AgentUnit | undefined {
  const all = units.split(/\n(?=Id=)/).map((text) => {
    return new Map(text.split('\n').map((line) => splitAt(line, '=')));
  });
  const known = all.find((one) => one.get('LoadState') === 'loaded');
  if (!known) return undefined;
  const word = (name: string): string => (known.get(name) ?? '').slice(0, 60);
  const number = (name: string): number => Number(/^\d{1,9}$/.exec(word(name))?.[0] ?? 0);
  return {
    name: word('Id'),
    active: word('ActiveState'),
    sub: word('SubState'),
    result: word('Result'),
    restarts: number('NRestarts'),
    exitStatus: number('ExecMainStatus'),
  };
}

/** The end of the file or of the journal: whichever was written last. */
export function agentLog(report: HostReport, file: string, about: BareJid): AgentLogEnd {
  const read = (text: string): readonly LogLine[] => {
    const reader = new LogLineReader();
    reader.zoneMinutes = zoneOf(report);
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    return lines.map((line) => reader.read(line)).filter((line) => isAbout(line, about));
  };
  const [kept, journal] = [read(report.log), read(report.journal)];
  const { logState } = report;
  const isJournal = kept.length === 0 || lastOf(journal) > lastOf(kept);
  if (journal.length > 0 && isJournal) return { place: JOURNAL, state: 'read', lines: journal };
  const state = logState === 'read' || logState === 'denied' ? logState : 'missing';
  return { place: file, state, lines: kept };
}

/** How often an agent says that it starts, within ten minutes before the host's own clock. */
export function recentStarts(report: HostReport, lines: readonly LogLine[]): number {
  const [seconds = ''] = report.clock.split(' ');
  const since = Number(seconds) * 1000 - RECENT_MS;
  return lines.filter((line) => isStart(line) && (line.timeMs ?? 0) >= since).length;
}

/** What an agent says when it begins. */
export function isStart({ text, messageAt }: LogLine): boolean {
  return STARTS.test(text.slice(messageAt).trim());
}

/** A line as evidence: without secrets, and not too long. */
export function evidence({ text }: LogLine): string {
  const masked = String(redactData(text)).replace(SECRET, MASK);
  return masked.length > MOST_LINE ? `${masked.slice(0, MOST_LINE - 1)}…` : masked;
}

function lastOf(lines: readonly LogLine[]): number {
  return lines.findLast(({ timeMs }) => timeMs !== undefined)?.timeMs ?? 0;
}

/** Lines of other entities say nothing of this one. */
function isAbout({ entity }: LogLine, about: BareJid): boolean {
  if (entity?.includes('@') !== true) return true;
  return entity.split('/')[0]?.toLowerCase() === about;
}

/** How far the host's time is ahead of UTC, minutes. */
function zoneOf({ clock }: HostReport): number {
  const match = /([+-])(\d\d)(\d\d)$/.exec(clock.trim());
  if (!match) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return match[1] === '-' ? -minutes : minutes;
}

function splitAt(line: string, sign: string): readonly [string, string] {
  const at = line.indexOf(sign);
  return at < 0 ? [line, ''] : [line.slice(0, at), line.slice(at + 1)];
}
