import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const possible = process.platform === 'linux';

function npm(folder: string, ...args: readonly string[]): void {
  execFileSync('npm', [...args, '--no-audit', '--no-fund', '--silent'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** A workspace that was packed and installed in an empty folder. */
class InstalledWorkspace {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'archipel-workspace-'));
  readonly version: string;

  constructor(workspace: string) {
    const manifest = readFileSync(path.join(workspace, 'package.json'), 'utf8');
    const { name, version } = JSON.parse(manifest) as { name: string; version: string };
    this.version = version;
    writeFileSync(path.join(this.folder, 'package.json'), '{ "private": true }');
    npm(process.cwd(), 'pack', '--workspace', workspace, '--pack-destination', this.folder);
    npm(
      this.folder,
      'install',
      '--ignore-scripts',
      path.join(this.folder, `${name}-${version}.tgz`),
    );
  }

  /** Runs one of its programs with a home of its own and without a session bus. */
  run(name: string, ...args: readonly string[]): { code: number | null; text: string } {
    const { status, stdout, stderr } = spawnSync(
      path.join(this.folder, 'node_modules/.bin', name),
      args,
      {
        cwd: this.folder,
        encoding: 'utf8',
        env: { PATH: process.env['PATH'], HOME: this.folder },
      },
    );
    return { code: status, text: `${stdout}${stderr}`.trim() };
  }

  has(packageName: string): boolean {
    return existsSync(path.join(this.folder, 'node_modules', packageName));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

describe.skipIf(!possible)('the command line, packed and installed in an empty folder', () => {
  let installed: InstalledWorkspace;
  beforeAll(() => {
    installed = new InstalledWorkspace('cli');
  });
  afterAll(() => {
    installed.remove();
  });

  it('says its version', () => {
    expect(installed.run('archipel', '--version')).toEqual({ code: 0, text: installed.version });
  });

  it('examines the machine, where no account and no keychain are', () => {
    const { code, text } = installed.run('archipel', 'doctor');
    const findings = text.split('\n').map((line) => /^\w+ +\w+/.exec(line)?.[0]);
    expect({ code, findings }).toEqual({
      code: 1,
      findings: ['ok    node', 'ok    profile', 'FAIL  keychain', 'ok    accounts'],
    });
  });

  it('loads the keychain library that came with it', () => {
    // Only libsecret says so; a library that is missing or does not load says something else.
    expect(installed.run('archipel', 'doctor').text).toContain('Cannot autolaunch D-Bus');
  });

  it('brings no Electron along', () => {
    expect(installed.has('electron')).toBe(false);
  });
});

describe.skipIf(!possible)('the agent, packed and installed in an empty folder', () => {
  let installed: InstalledWorkspace;
  beforeAll(() => {
    installed = new InstalledWorkspace('agent');
  });
  afterAll(() => {
    installed.remove();
  });

  it('says its version', () => {
    expect(installed.run('archipel-agent', '--version')).toEqual({
      code: 0,
      text: `archipel-agent ${installed.version}`,
    });
  });

  it('says what its configuration lacks when it is asked to examine', () => {
    const file = path.join(installed.folder, 'archipel.conf');
    writeFileSync(file, '[GLOBAL]\nxmpp_server = 127.0.0.1\n');
    const { code, text } = installed.run('archipel-agent', 'doctor', '--config', file);
    expect({ code, names: text.includes('hypervisor_xmpp_password') }).toEqual({
      code: 1,
      names: true,
    });
  });

  it('brings neither Electron nor a keychain library along', () => {
    expect(['electron', 'keytar'].filter((name) => installed.has(name))).toEqual([]);
  });
});
