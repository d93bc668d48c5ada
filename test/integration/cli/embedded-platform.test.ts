import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PlatformAnnouncement } from '../../../core/domain/platform-announcement.ts';
import { root, runNode } from '../../support/run-program.ts';
import { ADMIN, DemoProcess } from './demo-process.ts';

let demo: DemoProcess;
let platform: PlatformAnnouncement;
let profile: string;

beforeAll(async () => {
  profile = await mkdtemp(path.join(tmpdir(), 'archipel-cli-'));
  demo = await DemoProcess.start();
  ({ platform } = demo);
});

afterAll(async () => {
  await demo.stop();
  await rm(profile, { recursive: true });
});

const password = (): string => demo.password;

function archipel(...args: readonly string[]) {
  return runNode(['cli/archipel.mjs', '--profile', profile, ...args], `${password()}\n`);
}

function login(...more: readonly string[]) {
  return archipel('login', ADMIN, ...demo.server, '--no-remember', ...more);
}

describe('the command line on the embedded platform', () => {
  it('names the certificate that nobody vouches for, and accepts it when told to', async () => {
    const refused = await login();
    expect({ code: refused.code, names: refused.error.includes(platform.fingerprint) }).toEqual({
      code: 3,
      names: true,
    });
    const accepted = await login('--trust', platform.fingerprint);
    expect(accepted).toEqual({ code: 0, out: `${ADMIN} is logged in.\n`, error: '' });
  });

  it('lists the fleet as JSON', async () => {
    const { code, out } = await archipel('list', '--json');
    const entities = JSON.parse(out) as { kind: string; name: string }[];
    const count = (kind: string) => entities.filter((one) => one.kind === kind).length;
    expect({
      code,
      hypervisors: count('hypervisor'),
      machines: count('virtualmachine'),
    }).toEqual({ code: 0, hypervisors: platform.hypervisors.length, machines: 20 });
  });

  it('prints the logs that agents tell of themselves, merged by time', async () => {
    const words = ['logs', 'atoll-01', 'atoll-02', '--via', 'xmpp', '--lines', '20'];
    const { code, out, error } = await archipel(...words, '--json');
    expect({ code, error }).toEqual({ code: 0, error: '' });
    const lines = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { hypervisor: string; time: string; level: string });
    const times = lines.map(({ time }) => time);
    expect(new Set(lines.map(({ hypervisor }) => hypervisor))).toEqual(
      new Set(['atoll-01', 'atoll-02']),
    );
    expect(times).toEqual([...times].sort());
    const errors = await archipel(...words, '--level', 'info', '--regex', 'no such line');
    expect(errors).toEqual({ code: 0, out: '', error: '' });
  });

  it('goes on with the lines that an agent sends, until it is interrupted', async () => {
    const words = ['logs', 'atoll-01', '--via', 'xmpp', '--follow', '--lines', '1'];
    const program = ['cli/archipel.mjs', '--profile', profile, ...words];
    const child = spawn(process.execPath, program, {
      cwd: root,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    child.stdin.end(`${password()}\n`);
    const ended = once(child, 'exit');
    const printed = createInterface(child.stdout)[Symbol.asyncIterator]();
    const next = async () => ((await printed.next()) as { readonly value: string }).value;
    expect(await next()).toContain('atoll-01');
    await archipel('call', 'atoll-01', 'hypervisor.free', 'jid=nobody@archipel.test');
    let line = await next();
    while (!line.includes('free')) line = await next();
    child.kill('SIGINT');
    expect(await ended).toEqual([0, null]);
  });

  it.each([
    [['atoll-01', '--lines', '0'], '--lines takes a number, or all.'],
    [['nobody'], '“nobody” is not in the roster'],
  ])('refuses logs %j by XMPP and says why', async (args, why) => {
    const ended = await archipel('logs', ...args, '--via', 'xmpp');
    expect(ended).toMatchObject({ code: 2, out: '' });
    expect(ended.error).toContain(why);
  });

  it('starts a machine, and forces it off only when that was said twice', async () => {
    expect(await archipel('vm.start', 'template-debian-12')).toMatchObject({
      code: 0,
      out: 'template-debian-12: done\n',
    });
    const unsure = await archipel('vm.force-off', 'template-debian-12');
    expect({ code: unsure.code, out: unsure.out }).toEqual({ code: 1, out: '' });
    expect(unsure.error).toContain('give --yes');
    expect(await archipel('vm.force-off', '--yes', 'template-debian-12')).toMatchObject({
      code: 0,
      out: 'template-debian-12: done\n',
    });
  });

  it('calls an action of the protocol and prints its answer', async () => {
    const { code, out } = await archipel('call', 'web-01', 'vm.info');
    expect({ code, info: JSON.parse(out) as unknown }).toMatchObject({
      code: 0,
      info: { vcpus: 4, hypervisor: 'atoll-01@archipel.test/atoll-01' },
    });
  });

  it('takes no line of a text to type for a password', async () => {
    // What is on standard input is the text; the password is not remembered anywhere.
    const { code, error } = await archipel('type', 'web-01', '--dry-run');
    expect(code).toBe(3);
    expect(error).toMatch(/^No password was given\. Give it on standard input/u);
  });

  it('runs twice at once on one profile, and keeps the orders of both on record', async () => {
    const { out } = await archipel('list', '--json');
    const entities = JSON.parse(out) as { name: string; state: string }[];
    const running = entities.filter(({ state }) => state === 'running').map(({ name }) => name);
    const [one = '', other = ''] = running;
    const both = await Promise.all([one, other].map((name) => archipel('vm.pause', name)));
    expect(both.map(({ out }) => out)).toEqual([`${one}: done\n`, `${other}: done\n`]);
    // The next run takes over what those left that are gone.
    expect((await archipel('list')).code).toBe(0);
    const journals = (await readdir(profile)).filter((file) => {
      return file.startsWith('journal-of-command-line');
    });
    const text = await readFile(path.join(profile, journals[0] ?? ''), 'utf8');
    const done = (action: string) => {
      return text.match(new RegExp(`"action":"${action}".*"state":"done"`, 'gu'))?.length;
    };
    expect([journals.length, done('suspend')]).toEqual([1, 2]);
  });

  it.each([
    [['vm.start', 'nobody'], 2, /“nobody” is not in the roster/u],
    [['call', 'web-01', 'vm.nothing'], 2, /is no action/u],
    [['call', 'web-01', 'vm.memory', 'kib=1'], 2, /There is no argument “kib”/u],
    [['call', 'atoll-01', 'users.register', 'users=jid=a@b.test'], 2, /takes a password/u],
    [['vm.set-memory', 'web-01', 'kib=few'], 2, /^kib takes a number/u],
    [['vm.resume', 'web-01'], 1, /running/u],
    [['--account', 'nobody@example.test', 'list'], 3, /archipel login/u],
    [['logs', 'web-01'], 2, /no hypervisor/u],
    [['logs', 'atoll-01', '--regex', '('], 2, /cannot be used/u],
    [['logs', 'atoll-01', '--level', 'loud'], 2, /no level “loud”/u],
    [['nonsense'], 2, /unknown command/u],
  ])('ends %j with %i and says why', async (args, code, why) => {
    const ended = await archipel(...args);
    expect({ code: ended.code, why: `${ended.error}${ended.out}` }).toEqual({
      code,
      why: expect.stringMatching(why) as string,
    });
  });

  it('finds the JID that was meant by one that nobody has', async () => {
    const asked = await archipel('--json', 'why', 'atol-01@archipel.test');
    expect({ code: asked.code, found: JSON.parse(asked.out) as unknown }).toMatchObject({
      code: 0,
      found: {
        jid: 'atol-01@archipel.test',
        cause: { name: 'no-account', isCertain: true, similar: ['atoll-01@archipel.test'] },
      },
    });
    const { out } = await archipel('why', 'atol-01@archipel.test');
    expect(out).toContain('Did you mean atoll-01@archipel.test?');
  });

  it('says of one that is there that it is', async () => {
    const { code, out } = await archipel('--json', 'why', 'db-primary');
    expect({ code, found: JSON.parse(out) as unknown }).toMatchObject({
      code: 0,
      found: { cause: { name: 'online', state: 'running' } },
    });
  });

  it('prints the logs of several hypervisors over SSH, merged by time', async () => {
    const { ssh } = platform;
    const words = ['logs', 'atoll-01', 'atoll-02', '--json', '--lines', '50', '--prefix', 'xmpp'];
    const options = ['--ssh', `%n@${ssh.host}:${ssh.port}`, '--trust-host-key', ssh.fingerprint];
    const ended = await runNode(
      ['cli/archipel.mjs', '--profile', profile, ...words, ...options],
      `${ssh.password}\n${ssh.password}\n`,
    );
    const lines = ended.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { hypervisor: string; time: string; prefix: string });
    expect({
      code: ended.code,
      hypervisors: [...new Set(lines.map((line) => line.hypervisor))].sort(),
      prefixes: [...new Set(lines.map((line) => line.prefix))],
      isInOrder: lines.every(({ time }, index) => time >= (lines[index - 1]?.time ?? '')),
    }).toEqual({
      code: 0,
      hypervisors: ['atoll-01', 'atoll-02'],
      prefixes: ['XMPP'],
      isInOrder: true,
    });
  });

  it('does not log in to an SSH host whose key nobody trusts', async () => {
    const { ssh } = platform;
    await rm(path.join(profile, 'known_hosts'), { force: true });
    const ended = await archipel('logs', 'atoll-01', '--ssh', `%n@${ssh.host}:${ssh.port}`);
    expect({
      code: ended.code,
      out: ended.out,
      names: ended.error.includes(ssh.fingerprint),
    }).toEqual({ code: 3, out: '', names: true });
  });

  it('keeps no password in any file', async () => {
    const names = await readdir(profile, { recursive: true, withFileTypes: true });
    const files = names.filter((one) => one.isFile());
    const texts = await Promise.all(
      files.map((one) => readFile(path.join(one.parentPath, one.name), 'latin1')),
    );
    expect({
      some: texts.length > 0,
      leaks: texts.some((one) => one.includes(password()) || one.includes(platform.ssh.password)),
    }).toEqual({ some: true, leaks: false });
  });

  it('sends a raw stanza as original scripts do', async () => {
    const { host, port, fingerprint } = platform;
    const server = ['--host', host, '--port', String(port), '--fingerprint', fingerprint];
    const stanza =
      "<iq type='get'><query xmlns='archipel:hypervisor:health'><archipel action='info'/></query></iq>";
    const entity = 'atoll-01@archipel.test/atoll-01';
    const ended = await runNode(
      ['cli/archipel-command.mjs', '-j', ADMIN, '-t', entity, '-r', stanza, ...server],
      `${password()}\n`,
    );
    expect({ code: ended.code, isResult: ended.out.includes('<memory ') }).toEqual({
      code: 0,
      isResult: true,
    });
  });

  // The last one: the platform is gone after it.
  it('says that the own account is not connected when the server is down', async () => {
    await demo.stop();
    const { code, out } = await archipel('--json', 'why', 'atoll-01@archipel.test');
    expect({ code, found: JSON.parse(out) as unknown }).toMatchObject({
      code: 0,
      found: {
        called: 'atoll-01',
        cause: { name: 'link-down', account: ADMIN },
        checks: [{ name: 'link', outcome: 'bad', error: { code: 'unreachable' } }],
      },
    });
  });
});
