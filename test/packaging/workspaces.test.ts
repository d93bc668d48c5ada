import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const npm = (cwd: string, ...args: readonly string[]): string =>
  execFileSync('npm', [...args, '--no-audit', '--no-fund', '--silent'], {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });

const possible = process.platform === 'linux';

describe.skipIf(!possible)('the command line, packed and installed in an empty folder', () => {
  let folder: string;
  let version: string;

  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'archipel-workspace-'));
    writeFileSync(path.join(folder, 'package.json'), '{ "private": true }');
    const manifest = JSON.parse(readFileSync('cli/package.json', 'utf8')) as { version: string };
    version = manifest.version;
    npm(process.cwd(), 'pack', '--workspace', 'cli', '--pack-destination', folder);
    npm(folder, 'install', '--ignore-scripts', path.join(folder, `archipel-cli-${version}.tgz`));
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** Runs an installed program with a home of its own, and gives what it printed and its exit code. */
  function program(
    name: string,
    ...args: readonly string[]
  ): { code: number | null; text: string } {
    const { status, stdout, stderr } = spawnSync(
      path.join(folder, 'node_modules/.bin', name),
      args,
      {
        cwd: folder,
        encoding: 'utf8',
        env: { PATH: process.env['PATH'], HOME: folder },
      },
    );
    return { code: status, text: `${stdout}${stderr}`.trim() };
  }

  it('says its version', () => {
    expect(program('archipel', '--version')).toEqual({ code: 0, text: version });
  });

  it('examines the machine, where no account and no keychain are', () => {
    const { code, text } = program('archipel', 'doctor');
    const findings = text.split('\n').map((line) => /^\w+ +\w+/.exec(line)?.[0]);
    expect({ code, findings }).toEqual({
      code: 1,
      findings: ['ok    node', 'ok    profile', 'FAIL  keychain', 'ok    accounts'],
    });
  });

  it('loads the keychain library that came with it', () => {
    // Only libsecret says so; a library that is missing or does not load says something else.
    expect(program('archipel', 'doctor').text).toContain('Cannot autolaunch D-Bus');
  });

  it('brings no Electron along', () => {
    const installed = execFileSync('ls', ['node_modules'], { cwd: folder, encoding: 'utf8' });
    expect(installed.split('\n')).not.toContain('electron');
  });
});
