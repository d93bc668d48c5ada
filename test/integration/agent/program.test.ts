import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { outcome } from '../../../core/protocol/outcome.ts';
import { writeRequest } from '../../../core/protocol/request.ts';
import { vmControl } from '../../../core/protocol/vm-control.ts';
import { hypervisorControl } from '../../../core/protocol/hypervisor-control.ts';
import { expectOk } from '../../support/expect-result.ts';
import { LIBVIRTD_PROGRAMS, TestLibvirtd, waitFor } from '../../support/libvirtd.ts';
import { PROSODY_PROGRAMS, TestProsody } from '../../support/prosody.ts';
import { requirePrograms } from '../../support/required-programs.ts';
import { Observer } from './observer.ts';

const PROGRAM = join(import.meta.dirname, '../../../agent/archipel-agent.mjs');
const canRun = requirePrograms('Agent program', [...PROSODY_PROGRAMS, ...LIBVIRTD_PROGRAMS]);
const run = promisify(execFile);

describe.runIf(canRun)('archipel-agent', () => {
  let server: TestProsody;
  let libvirtd: TestLibvirtd;
  let folder: string;
  let configuration: string;
  let running: ChildProcess | undefined;
  let log = '';

  beforeAll(async () => {
    server = await TestProsody.start();
    libvirtd = await TestLibvirtd.start();
    folder = await mkdtemp(join(tmpdir(), 'archipel-program-'));
    const { domain, host, port, ca, admin } = server.description;
    await writeFile(join(folder, 'ca.pem'), ca);
    configuration = join(folder, 'archipel.conf');
    const text = [
      '[DEFAULT]',
      `xmpp_server = ${domain}`,
      `archipel_folder_lib = ${folder}/lib`,
      `archipel_folder_data = ${folder}/data`,
      '[GLOBAL]',
      `xmpp_host = ${host}`,
      `xmpp_port = ${port}`,
      `xmpp_ca_file = ${folder}/ca.pem`,
      `archipel_root_admins = ${admin.jid}`,
      `libvirt_uri = test:///default?socket=${libvirtd.socket}`,
      `modules_configuration_path = ${folder}/modules.d`,
      '[HYPERVISOR]',
      'hypervisor_xmpp_jid = reef@%(xmpp_server)s',
      'hypervisor_xmpp_password = hypervisor password',
      '[LOGGING]',
      `logging_file_path = ${folder}/log/archipel.log`,
      '[MODULES]',
      'hypervisor_health = True',
    ];
    await writeFile(configuration, text.join('\n'));
  });

  afterEach(() => running?.kill('SIGKILL'));

  afterAll(async () => {
    await libvirtd.stop();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const start = async (): Promise<ChildProcess> => {
    log = '';
    const args = [PROGRAM, '--foreground', '--config', configuration];
    const started = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'pipe'] });
    started.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
    running = started;
    await waitFor('the program to be online', 60_000, () => {
      if (started.exitCode !== null) throw new Error(`it ended: ${log}`);
      return log.includes('XMPP online as reef@');
    });
    return started;
  };

  const end = async (program: ChildProcess, signal: NodeJS.Signals): Promise<number | null> => {
    const ended = new Promise<number | null>((settle) => program.once('exit', settle));
    program.kill(signal);
    return ended;
  };

  it('comes back after a kill with the machines it had, and none twice', async () => {
    const admin = await Observer.online(server.description, server.description.admin);
    const hypervisor = `reef@${server.description.domain}/${hostname()}`;
    const first = await start();
    await admin.watch(hypervisor);
    const made = await admin.ask(hypervisor, hypervisorControl.alloc, {
      name: 'atoll',
      organisation: undefined,
      unit: undefined,
      locality: undefined,
      owner: undefined,
      categories: undefined,
      domain: undefined,
    });
    const jid = `${expectOk(made).jid}/reef`;
    await admin.see(jid, 'Not defined');
    const order = writeRequest(vmControl.create, {});
    const refused = await admin.session.request(jid, 'set', order, { id: 'before the kill' });
    expect(refused.ok).toBe(false);
    await end(first, 'SIGKILL');
    const killedAt = Date.now();
    admin.shown.clear();
    const second = await start();
    await admin.see(jid, 'Not defined');
    await admin.see(hypervisor, 'Online (1)');
    const roster = expectOk(await admin.ask(hypervisor, hypervisorControl.rostervm, {}));
    expect(roster.filter(({ isManaged }) => isManaged)).toEqual([
      { jid, isManaged: true, name: 'atoll' },
    ]);
    const became = async (id: string) => expectOk(await admin.ask(jid, outcome.get, { id }));
    const lost = await became('never sent');
    expect([(await became('before the kill')).outcome, lost.outcome]).toEqual([
      'failed',
      'unheard',
    ]);
    // What became of orders is known from before the kill on.
    expect(Date.parse(lost.since)).toBeLessThan(killedAt);
    const grants = join(folder, 'lib', 'store', 'grants', `${jid.split('@')[0]}.json`);
    expect(await readFile(grants, 'utf8')).toContain(server.description.admin.jid);
    expect((await stat(join(folder, 'lib', 'store', 'machines.json'))).mode & 0o777).toBe(0o600);
    expect(await end(second, 'SIGTERM')).toBe(0);
    await waitFor('all to be offline', 5000, () => admin.shown.size <= 1);
    await admin.stop();
  });

  it('tells in one line each what it finds', async () => {
    const { stdout } = await run(process.execPath, [PROGRAM, 'doctor', '-c', configuration]);
    const lines = stdout.trim().split('\n');
    expect(lines.filter((line) => line.startsWith('failed'))).toEqual([]);
    const { socket } = libvirtd;
    expect(lines).toContain(
      `ok      libvirt test:///default?socket=${socket}: TEST on ${hostname()}`,
    );
    expect(lines.some((line) => line.startsWith('ok      XMPP reef@prosody.test: 127.0.0.1'))).toBe(
      true,
    );
    expect(lines.at(-1)).toBe('ok      /archipel/reef@prosody.test/events: exists');
  });

  it('names what is wrong with its configuration, and ends with 1', async () => {
    const wrong = join(folder, 'wrong.conf');
    await writeFile(wrong, '[DEFAULT]\nxmpp_server = x\n[HYPERVISOR]\nhypervisor_name =\n');
    await expect(run(process.execPath, [PROGRAM, '-n', '-c', wrong])).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('Missing value for option hypervisor_name') as string,
    });
  });
});
