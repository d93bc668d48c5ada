import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { describeFailure } from '../../../agent/entities/describe-failure.ts';
import { loggerFor, type Logger } from '../../../agent/log/logger.ts';
import { RotatingFile } from '../../../agent/log/rotating-file.ts';
import { judgeHost } from '../../../client/diagnosis/host-verdict.ts';
import type { AppError } from '../../../core/contract/app-error.ts';
import type { HostDiagnosis } from '../../../core/contract/diagnosis.ts';
import type { BareJid } from '../../../core/domain/jid.ts';
import { err, ok } from '../../../core/lib/result.ts';
import { SshStreams } from '../../../main/streams/ssh/ssh-streams.ts';
import type { StreamReport } from '../../../main/streams/stream-messages.ts';
import { StreamTable } from '../../../main/streams/stream-table.ts';
import type { SshConnection } from '../../../node/ssh/ssh-connection.ts';
import { waitFor } from '../../support/libvirtd.ts';
import { requirePrograms } from '../../support/required-programs.ts';
import { answering, at, failureOf, said, SSH_PROGRAMS, SshUser } from '../../support/ssh-user.ts';
import type { Sshd } from '../../support/sshd.ts';
import { requireNamespaces } from '../../support/system-namespace.ts';
import { freePort } from '../../support/xmpp-daemon.ts';

const there =
  requirePrograms('Agents over SSH', [...SSH_PROGRAMS, 'ps']) &&
  requireNamespaces('Agents over SSH');
const WAIT_MS = 20_000;
const ATOLL = 'atoll@example.org' as BareJid;

describe.runIf(there)('the agent on a real host', () => {
  let user: SshUser;
  let host: Sshd;
  /** Into the host, to plant what is to be found. */
  let inside: SshConnection;
  let programs = '';
  let file = '';
  let planted = 0;
  const pools: SshStreams['pool'][] = [];

  beforeAll(async () => {
    user = await SshUser.create();
    programs = user.bench.path('bin');
    await mkdir(programs);
    host = await user.bench.server(
      [
        `AuthorizedKeysFile ${user.authorized}`,
        `SetEnv PATH=${programs}:${process.env['PATH'] ?? ''}`,
      ],
      { isAlone: true },
    );
    const { connector } = await user.connectorWith([`  IdentityFile ${user.plain}`]);
    inside = await user.connected(connector.connect(at(host.port), answering().questions));
    await systemd('exit 1');
  });
  afterEach(async () => {
    await said(inside, 'pkill -f archipel-agent.mjs; true');
    await systemd('exit 1');
  });
  afterAll(async () => {
    await Promise.all(pools.map((pool) => pool.close()));
    await user.remove();
  });

  /** What the host's `systemctl` does; without systemd it fails. */
  async function systemd(script: string): Promise<void> {
    await writeFile(join(programs, 'systemctl'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  }

  /** A log as our agent writes it, in a file of its own. */
  function writes(work: (logger: Logger) => void): void {
    file = user.bench.path(`log-${(planted += 1)}`, 'archipel.log');
    const log = new RotatingFile({ path: file, mostBytes: 0, keep: 0 });
    work(loggerFor(ATOLL, 'info', (line) => log.write(line)));
    log.close();
  }

  /** A process that is called as the agent is. */
  async function runs(): Promise<void> {
    const ready = user.bench.path(`ready-${planted}`);
    const program = await user.bench.file(
      'archipel-agent.mjs',
      `import { writeFileSync } from 'node:fs'; writeFileSync('${ready}', ''); setInterval(() => {}, 60_000);\n`,
    );
    const command = `setsid ${process.execPath} ${program} </dev/null >/dev/null 2>&1 &`;
    await said(inside, `${command} until [ -e ${ready} ]; do sleep 0.05; done`);
  }

  /** What the streams process finds out, judged. */
  async function look(port = host.port, isOnlyIfOpen = false): Promise<HostDiagnosis | undefined> {
    const { connector } = await user.connectorWith([`  IdentityFile ${user.plain}`]);
    const reports: StreamReport[] = [];
    const report = (one: StreamReport): void => void reports.push(one);
    const ssh = new SshStreams({ report, connector });
    pools.push(ssh.pool);
    const table = new StreamTable(report, ssh);
    const target = { ...at(port), pinnedKey: host.fingerprint };
    table.obey({ kind: 'check-host', id: 1, target, file, isOnlyIfOpen }, undefined);
    await waitFor('the end', WAIT_MS, () => reports.some(({ kind }) => kind === 'host-checked'));
    const end = reports.find((one) => one.kind === 'host-checked');
    if (!end || (!end.report && !end.failure)) return undefined;
    const answer = end.failure ? err(end.failure) : end.report && ok(end.report);
    const address = `127.0.0.1:${port}`;
    return answer && judgeHost({ address, file, about: ATOLL, answer });
  }

  const outcomes = (found: HostDiagnosis | undefined) =>
    found?.checks.map(({ name, outcome }) => `${name} ${outcome}`);

  it('is not reached where the port of SSH is closed', async () => {
    const found = await look(await freePort());
    expect(found?.cause.name).toBe('ssh-port-closed');
    expect(outcomes(found)).toEqual(['host-port bad']);
  });

  it('is not looked at without a connection that stands, where one is wanted', async () => {
    expect(await look(host.port, true)).toBeUndefined();
  });

  it('does not run', async () => {
    writes((log) => {
      log.info('AGENT 0.1.0 starts');
      log.info('AGENT ends after SIGTERM');
    });
    const found = await look();
    expect(found?.cause).toEqual({ name: 'agent-stopped' });
    expect(outcomes(found)).toEqual([
      ...['host-port good', 'host-login good', 'agent-process bad', 'agent-log good'],
    ]);
  });

  it('ends again and again, and its log says why', async () => {
    await systemd(
      'echo "Id=$2"; printf "LoadState=loaded\\nActiveState=activating\\nSubState=auto-restart\\nResult=exit-code\\nNRestarts=7\\nExecMainStatus=70\\n"',
    );
    writes((log) => log.error('AGENT ends because of a bug: no space left on device'));
    const found = await look();
    const line = expect.stringContaining('no space left on device') as string;
    expect(found?.cause).toEqual({ name: 'agent-crashing', times: 7, line });
    expect(found?.checks[2]).toMatchObject({
      unit: { name: 'archipel-agent.service', sub: 'auto-restart', restarts: 7 },
    });
  });

  it('runs, and the server does not take its password', async () => {
    writes((log) => {
      log.info('AGENT 0.1.0 starts');
      const failure = { code: 'not-authorized', condition: 'not-authorized', text: '' } as const;
      log.error(`XMPP cannot log in as ${ATOLL}: ${describeFailure(failure)}`);
    });
    await runs();
    const found = await look();
    expect(found?.cause).toEqual({
      name: 'agent-refused',
      line: expect.stringContaining('not-authorized') as string,
    });
    expect(found?.checks[2]).toMatchObject({ outcome: 'good', running: 1 });
  });

  it('runs, and there is no log to read', async () => {
    writes(() => undefined);
    file = user.bench.path("it's nowhere", 'archipel.log');
    await runs();
    const found = await look();
    expect(found?.cause).toEqual({ name: 'agent-silent' });
    expect(found?.checks[3]).toMatchObject({ outcome: 'unknown', place: file, state: 'missing' });
  });

  it('is not reached where the host has no address any more', async () => {
    const { connector } = await user.connectorWith([]);
    // RFC 6761: nobody is called so.
    const attempt = connector.connect({ host: 'gone.invalid' }, answering().questions);
    const failure = (await failureOf(attempt)) as AppError;
    const address = 'gone.invalid:22';
    const found = judgeHost({ address, file, about: ATOLL, answer: err(failure) });
    expect(found.cause).toEqual({ name: 'host-down', address });
  });
});
