import type { AppError } from '../../core/contract/app-error.ts';
import type { HostCause, HostDiagnosis, OfflineCheck } from '../../core/contract/diagnosis.ts';
import type { BareJid } from '../../core/domain/jid.ts';
import type { Result } from '../../core/lib/result.ts';
import type { LogLine } from '../../core/logs/log-line.ts';
import type { HostReport } from '../../node/ssh/agent-check.ts';
import { given } from '../given.ts';
import {
  agentLog,
  agentUnit,
  evidence,
  isStart,
  recentStarts,
  runningAgents,
} from './host-report.ts';

/** A host that was asked over SSH how its agent is, or why it could not be. */
export interface LookedAtHost {
  /** `host:port`. */
  readonly address: string;
  /** Where the agent writes its log. */
  readonly file: string;
  /** Whose log-in counts: the hypervisor, or one of its machines. */
  readonly about: BareJid;
  readonly answer: Result<HostReport, AppError>;
}

const MOST_LINES = 5;
/** So many starts within ten minutes are no restarts by hand any more. */
const MANY_STARTS = 3;

// What agents write about their log-in: ours with the codes of a session's failures.
const ONLINE = /\bXMPP online as\b|\bSuccessfully authenticated\b/i;
const REFUSED =
  /\bnot-authorized\b|\bpassword-missing\b|\bno-mechanism\b|\bmechanism-downgraded\b|\bregistration-refused\b|\bserver-not-verified\b|\bbad authentication\b|\bbind-refused\b/i;
const CUT_OFF =
  /\bhost-not-found\b|\bno-service\b|\bhost-unreachable\b|\bconnect-timeout\b|\btls-(?:not-offered|failed)\b|\bcertificate\b|\bstream-(?:error|malformed)\b|\blink-closed\b|\bno-answer\b|\bunable to connect\b|\bcannot connect\b/i;
const TROUBLE = /\b(?:error|exception|traceback|fatal|failed|failure)\b/i;

/** Says from what a host told of its agent why its entity is offline, with the evidence. */
export function judgeHost({ address, file, about, answer }: LookedAtHost): HostDiagnosis {
  if (!answer.ok) return withoutHost(address, answer.error);
  const report = answer.value;
  const [running, unit] = [runningAgents(report), agentUnit(report)];
  const log = agentLog(report, file, about);
  const starts = recentStarts(report, log.lines);
  const standing = standingOf(log.lines);
  const lines = errorsOf(log.lines);
  const line = lines.at(-1);
  const isCrashing =
    unit?.sub === 'auto-restart' || starts >= MANY_STARTS || (running === 0 && starts > 1);
  const cause = causeOf();
  const isGood = cause.name !== 'agent-stopped' && cause.name !== 'agent-crashing';
  const checks: readonly OfflineCheck[] = [
    { name: 'host-port', outcome: 'good', address },
    { name: 'host-login', outcome: 'good', address },
    {
      name: 'agent-process',
      outcome: isGood ? 'good' : 'bad',
      running,
      starts,
      ...given({ unit }),
    },
    { ...{ name: 'agent-log', place: log.place, state: log.state, lines }, outcome: outcomeOf() },
  ];
  return { checks, cause };

  function causeOf(): HostCause {
    if (isCrashing) {
      const times = Math.max(starts, unit?.restarts ?? 0);
      return { name: 'agent-crashing', times, ...given({ line }) };
    }
    if (running === 0) return { name: 'agent-stopped', ...given({ unit, line }) };
    return standing ?? { name: 'agent-silent' };
  }

  function outcomeOf(): OfflineCheck['outcome'] {
    if (log.state !== 'read') return 'unknown';
    return lines.length > 0 ? 'bad' : 'good';
  }
}

/** What the last line about the log-in says; nothing where that went well. */
function standingOf(lines: readonly LogLine[]): HostCause | undefined {
  const since = lines.slice(Math.max(0, lines.findLastIndex(isStart)));
  for (const line of since.toReversed()) {
    const { text, level } = line;
    if (ONLINE.test(text)) return undefined;
    if (level === 'info' || level === 'debug') continue;
    if (REFUSED.test(text)) return { name: 'agent-refused', line: evidence(line) };
    if (CUT_OFF.test(text)) return { name: 'agent-cut-off', line: evidence(line) };
  }
  return undefined;
}

function errorsOf(lines: readonly LogLine[]): readonly string[] {
  return lines.filter(isError).slice(-MOST_LINES).map(evidence);
}

function isError({ level, text }: LogLine): boolean {
  return level === 'error' || level === 'critical' || (level === undefined && TROUBLE.test(text));
}

/** No word came from the host: why tells whether it is up. */
function withoutHost(address: string, error: AppError): HostDiagnosis {
  const port = { name: 'host-port', address } as const;
  if (isOf(address, error) && (error.code === 'ssh-unknown-host' || isSilent(error))) {
    return {
      checks: [{ ...port, outcome: 'bad', error }],
      cause: { name: 'host-down', address },
    };
  }
  if (isOf(address, error) && error.code === 'ssh-unreachable') {
    return {
      checks: [{ ...port, outcome: 'bad', error }],
      cause: { name: 'ssh-port-closed', address },
    };
  }
  return {
    checks: [{ name: 'host-login', outcome: 'unknown', address, error }],
    cause: { name: 'host-unseen', error },
  };
}

/** A host on the way to it may be the one that is down. */
function isOf(address: string, error: AppError): boolean {
  if (error.code === 'ssh-unknown-host') return address.startsWith(`${error.host}:`);
  return 'address' in error && error.address === address;
}

/** Nobody answered; a host that refuses a connection is up. */
function isSilent(error: AppError): boolean {
  if (error.code === 'ssh-timed-out') return error.phase === 'connect';
  return error.code === 'ssh-unreachable' && error.detail !== 'ECONNREFUSED';
}
