import { AGENT_CHECK_SCRIPT } from '../../node/ssh/agent-check.ts';
import { DEMO_LOG, type ScriptedHost } from './scripted-shell.ts';

/** What the first line of the script says. */
export interface CheckRequest {
  readonly nonce: string;
  readonly file: string;
}

const MOST_LINES = 400;

/** Undefined where the text is not the script that asks how an agent is, whole. */
export function readCheckRequest(text: string): CheckRequest | undefined {
  const end = text.indexOf('\n');
  if (end < 0 || text.slice(end + 1) !== AGENT_CHECK_SCRIPT) return undefined;
  const [, nonce, file] = /^set -- '(\w+)' '([^']+)'$/.exec(text.slice(0, end)) ?? [];
  return nonce !== undefined && file !== undefined ? { nonce, file } : undefined;
}

/** What the script would say of a host, without running anything. */
export function checkAnswer({ nonce, file }: CheckRequest, host: ScriptedHost): string {
  const { log, now, isAgentRunning } = host;
  const isThere = file === DEMO_LOG;
  const text = log.files.map((one) => one.slice(0, one.size).toString()).join('');
  const lines = text
    .split('\n')
    .slice(-MOST_LINES - 1)
    .join('\n');
  const parts: Readonly<Record<string, string>> = {
    clock: `${Math.floor(now() / 1000)} +0000`,
    units: '',
    processes: isAgentRunning() ? '1 3600 archipel-agent' : '',
    logState: isThere ? 'read' : 'missing',
    ...(isThere && { log: lines }),
    journal: '',
    end: '',
  };
  return Object.entries(parts)
    .map(([name, said]) => `\n${nonce} ${name}\n${said}`)
    .join('');
}
