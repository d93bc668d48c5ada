import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { agentSweepLibvirt } from './agent-sweep-libvirt.ts';
import { agentSweep } from './agent-sweep.ts';
import { consoleKeyLatency } from './console-key-latency.ts';
import { consoleTunnel } from './console-tunnel.ts';
import { consoleWall } from './console-wall.ts';
import { demoOnline } from './demo-online.ts';
import { ipcDelta } from './ipc-delta.ts';
import { growLog } from './grow-log.ts';
import { growRoster } from './grow-roster.ts';
import { health } from './health.ts';
import { login } from './login.ts';
import { logs } from './logs.ts';
import { logsOverSsh } from './logs-over-ssh.ts';
import { memory } from './memory.ts';
import { presenceStorm } from './presence-storm.ts';
import { search } from './search.ts';
import { stanzaEconomy } from './stanza-economy.ts';
import { start } from './start.ts';
import { table } from './table.ts';
import { repeat, type Bench, type Extent, type Run } from './measuring/bench.ts';
import { rowText, type SummaryRow, summarise } from './measuring/summary.ts';

const BENCHES: readonly Bench[] = [
  demoOnline,
  start,
  login,
  presenceStorm,
  search,
  table,
  stanzaEconomy,
  ipcDelta,
  health,
  memory,
  growRoster,
  growLog,
  logs,
  logsOverSsh,
  agentSweep,
  agentSweepLibvirt,
  consoleTunnel,
  consoleKeyLatency,
  consoleWall,
];

async function measure(bench: Bench, extent: Extent): Promise<readonly Run[]> {
  return 'runAll' in bench ? bench.runAll(extent) : repeat(bench.runs, () => bench.run(extent));
}

/** Which benches are meant: all when none is named. Throws at a name that none has. */
function chosen(names: readonly string[]): readonly Bench[] {
  const unknown = names.find((name) => !BENCHES.some((bench) => bench.name === name));
  if (unknown !== undefined) {
    const known = BENCHES.map(({ name }) => name).join(', ');
    throw new Error(`There is no bench ${unknown}; there are ${known}.`);
  }
  return BENCHES.filter(({ name }) => names.length === 0 || names.includes(name));
}

async function main(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { json: { type: 'string' }, long: { type: 'boolean' } },
    allowPositionals: true,
  });
  const rows: SummaryRow[] = [];
  for (const bench of chosen(positionals)) {
    const measured = summarise(await measure(bench, { isLong: values.long === true }));
    for (const row of measured) console.log(rowText(row));
    rows.push(...measured);
  }
  if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(rows, null, 2)}\n`);
}

try {
  await main(process.argv.slice(2));
} catch (cause) {
  console.error(cause instanceof Error ? cause.message : cause);
  process.exitCode = 1;
}
