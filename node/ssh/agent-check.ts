import { randomBytes } from 'node:crypto';
import type { ClientChannel } from 'ssh2';
import type { Clock } from '../xmpp/clock.ts';
import { FOLLOW_COMMAND } from './follow-script.ts';
import { SshFailureError } from './ssh-failure-error.ts';
import type { SshConnection } from './ssh-connection.ts';

/** What a host says of its agent, in the words of its programs: not trusted. */
export interface HostReport {
  /** `date +%s` and `date +%z` of the host. */
  readonly clock: string;
  /** `systemctl show` of the units that an agent may be; empty where there is no systemd. */
  readonly units: string;
  /** Lines of `ps` in which an agent is named: process id, age in seconds, command line. */
  readonly processes: string;
  /** Whether the log file was read: `read`, `missing` or `denied`. */
  readonly logState: string;
  /** The end of the log file, and of the journal where the agent writes to that. */
  readonly log: string;
  readonly journal: string;
}

/** How long a host may take to answer, milliseconds. */
const PATIENCE_MS = 20_000;
/** The most that is taken of an answer, bytes: more than the script sends. */
const MOST_BYTES = 262_144;

/**
 * What a host runs so that it says how its agent is, with nothing but a POSIX shell and its usual
 * programs. Nothing is changed. Parts are headed by a line feed, a nonce and the name of the part.
 */
export const AGENT_CHECK_SCRIPT = String.raw`
LC_ALL=C
export LC_ALL
nonce=$1 file=$2
part() { printf '\n%s %s\n' "$nonce" "$1"; }
part clock
date '+%s %z'
part units
for unit in archipel-agent archipel; do
  systemctl show "$unit.service" --no-pager -p Id -p LoadState -p ActiveState -p SubState \
    -p Result -p NRestarts -p ExecMainStatus 2>/dev/null
done
part processes
{ ps -eo pid=,etimes=,args= 2>/dev/null || pgrep -fa archipel 2>/dev/null; } |
  grep -E 'archipel-agent|runarchipel' | cut -c 1-300 | head -n 100
part logState
folder=${'$'}{file%/*}
if [ -d "$folder" ] && [ ! -x "$folder" ]; then
  echo denied
elif [ ! -e "$file" ]; then
  echo missing
elif [ ! -r "$file" ]; then
  echo denied
else
  echo read
  part log
  tail -n 400 -- "$file" | tail -c 100000
fi
part journal
journalctl -u archipel-agent -u archipel -n 200 -o cat --no-pager -q 2>/dev/null | tail -c 60000
part end
exit
`;

/** What is written to the host's shell. */
function agentCheckScript(nonce: string, file: string): string {
  const quoted = `'${file.replaceAll("'", String.raw`'\''`)}'`;
  return `set -- '${nonce}' ${quoted}\n${AGENT_CHECK_SCRIPT}`;
}

/** Asks a host how its agent is; `file` is where that writes its log. Throws `SshFailureError`. */
export async function askHost(
  connection: Pick<SshConnection, 'run' | 'address'>,
  file: string,
  clock: Clock,
): Promise<HostReport> {
  const channel = await connection.run(FOLLOW_COMMAND);
  const nonce = randomBytes(16).toString('hex');
  const cancel = clock.after(PATIENCE_MS, () => channel.destroy());
  channel.write(agentCheckScript(nonce, file));
  const parts = partsOf(await readAll(channel), nonce);
  cancel();
  if (!parts.has('end')) {
    const { address } = connection;
    const detail = 'it did not say all that was asked for';
    throw new SshFailureError({
      ...{ code: 'ssh-channel-refused', address, wanted: 'a command', detail },
    });
  }
  const of = (name: string): string => parts.get(name) ?? '';
  return {
    clock: of('clock'),
    units: of('units'),
    processes: of('processes'),
    logState: of('logState'),
    log: of('log'),
    journal: of('journal'),
  };
}

async function readAll(channel: ClientChannel): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  channel.stderr.resume();
  try {
    for await (const chunk of channel as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > MOST_BYTES) break;
    }
  } catch {
    // That it broke off shows in what is missing.
  } finally {
    channel.destroy();
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The parts by their names, without the line feeds around them. */
function partsOf(text: string, nonce: string): ReadonlyMap<string, string> {
  const [, ...parts] = text.split(`\n${nonce} `);
  return new Map(
    parts.map((part) => {
      const end = part.indexOf('\n');
      return [
        part.slice(0, end < 0 ? undefined : end),
        end < 0 ? '' : part.slice(end + 1).trimEnd(),
      ];
    }),
  );
}
