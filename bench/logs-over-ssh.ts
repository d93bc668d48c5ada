import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { LogStore } from '../client/logs/store/log-store.ts';
import { FileFollower } from '../node/ssh/file-follower.ts';
import { SshConnector } from '../node/ssh/ssh-connector.ts';
import { systemClock } from '../node/xmpp/clock.ts';
import { SshBench, type Sshd } from '../test/support/sshd.ts';
import type { Bench, Figure } from './measuring/bench.ts';
import { FILTERS, filterTime, takingInto, writeLines } from './measuring/log-store.ts';

const SIZES = [
  { name: '1M', lines: 1_000_000, isLong: false },
  { name: '10M', lines: 10_000_000, isLong: true },
] as const;
const PEAK = { name: 'the limit of 600 MB', value: 600 };

/** A host with a real sshd, and the user's key to it. */
interface Host {
  readonly bench: SshBench;
  readonly server: Sshd;
  readonly key: string;
}

async function host(): Promise<Host> {
  const bench = await SshBench.create();
  const key = await bench.key('user');
  const authorized = await bench.file('authorized_keys', await readFile(`${key}.pub`, 'utf8'));
  const server = await bench.server([`AuthorizedKeysFile ${authorized}`]);
  return { bench, server, key };
}

/** What a user at a shell does: the lines come over ssh, and grep counts them. */
async function sshGrep(
  { bench, server, key }: Host,
  file: string,
  args: readonly string[],
): Promise<[count: number, s: number]> {
  const options = ['-o', 'StrictHostKeyChecking=no', '-o', 'UserKnownHostsFile=/dev/null'];
  const quiet = ['-q', '-F', '/dev/null', '-i', key, '-p', String(server.port), ...options];
  const remote = [`${server.user}@127.0.0.1`, `cat ${file}`];
  const script = `ssh "$@" | grep -c ${args.map((one) => `'${one}'`).join(' ')}`;
  const began = performance.now();
  const child = spawn('sh', ['-c', script, 'ssh', ...quiet, ...remote], {
    cwd: bench.folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let count = '';
  child.stdout.on('data', (chunk: Buffer) => (count += chunk.toString()));
  await once(child, 'close');
  return [Number(count), (performance.now() - began) / 1000];
}

/** Follows the file from its beginning over SSH, into the store. Returns seconds, with the log-in. */
async function follow(
  { bench, server, key }: Host,
  file: string,
  store: LogStore,
): Promise<number> {
  const connector = new SshConnector({
    ownKnownHosts: bench.path('own_known_hosts'),
    configFiles: [],
  });
  const questions = { trustHostKey: async () => true, secret: async () => undefined };
  const began = performance.now();
  const place = { host: '127.0.0.1', port: server.port, user: server.user, identityFile: key };
  const connection = await connector.connect(place, questions);
  const take = takingInto(store);
  await new Promise<void>((resolve) => {
    const sink = {
      lines: take,
      gap: () => undefined,
      clock: () => undefined,
      status: () => undefined,
      caughtUp: resolve,
    };
    void new FileFollower(file, { kind: 'beginning' }, sink, systemClock).follow(connection);
  });
  const seconds = (performance.now() - began) / 1000;
  await connection.close();
  return seconds;
}

async function measure(on: Host, size: string, lines: number): Promise<readonly Figure[]> {
  const file = on.bench.path(`${size}.log`);
  const folder = mkdtempSync(path.join(on.bench.folder, 'store-'));
  const store = new LogStore({ folder });
  try {
    await writeLines(file, lines);
    const [all, theirs] = await sshGrep(on, file, ['']);
    const seconds = await follow(on, file, store);
    const [taken] = await filterTime(store, {});
    if (taken !== lines || all !== lines) throw new Error(`${taken} and ${all} of ${lines} lines`);
    const figures: Figure[] = [
      {
        ...{ name: `logs.ssh-${size}-taken-in`, value: lines / seconds, unit: 'lines/s' },
        peer: { name: 'ssh cat | grep -c', value: lines / theirs },
      },
    ];
    for (const { name, filter, grep } of FILTERS) {
      const [found, peer] = await sshGrep(on, file, grep);
      const [ours, value] = await filterTime(store, filter);
      if (ours !== found) throw new Error(`${name}: ${ours} lines, and ${found} by grep`);
      const peerName = `ssh cat | grep ${grep.join(' ')}`;
      figures.push({
        ...{ name: `logs.ssh-${size}-filter-${name}`, value, unit: 's' },
        peer: { name: peerName, value: peer },
      });
    }
    const value = process.memoryUsage().rss / 1_000_000;
    return [...figures, { name: `logs.ssh-${size}-memory`, value, unit: 'MB', peer: PEAK }];
  } finally {
    await store.close();
    rmSync(file, { force: true });
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Lines of a log on a real SSH host: how fast they are here, and how fast a filter is then. */
export const logsOverSsh: Bench = {
  name: 'logs.ssh',
  runs: 1,
  run: async ({ isLong }) => {
    const on = await host();
    try {
      const figures: Figure[] = [];
      for (const size of SIZES) {
        if (isLong || !size.isLong) figures.push(...(await measure(on, size.name, size.lines)));
      }
      return figures;
    } finally {
      await on.bench.remove();
    }
  },
};
