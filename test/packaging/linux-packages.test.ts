import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { listPackage } from '@electron/asar';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findFuses } from '../../scripts/electron/fuses.mjs';
import { ensureElectron } from '../../scripts/electron-runtime.mjs';
import { requirePrograms } from '../support/required-programs.ts';
import { avatarSize, confinement, firstEntity, probe } from './packaged-app.ts';

const output = path.resolve('out/packages-development');
const unpacked = path.join(output, 'linux-unpacked');
const possible =
  process.platform === 'linux' && requirePrograms('Linux packages', ['7za', 'dpkg-deb', 'setpriv']);

/** The one file of the output folder with this ending. */
function built(ending: string): string {
  const found = readdirSync(output).filter((name) => name.endsWith(ending));
  expect(found).toHaveLength(1);
  return path.join(output, found[0]!);
}

describe.skipIf(!possible)('the packages for Linux', () => {
  let folder: string;
  let runtime: string;

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'archipel-packages-'));
    rmSync(output, { recursive: true, force: true });
    const { version } = await ensureElectron((line) => {
      console.log(line);
    });
    runtime = version ?? '';
    const targets = ['--development', 'dir', 'deb', 'tar.gz'];
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['scripts/package.mjs', ...targets],
      { encoding: 'utf8' },
    );
    expect({ status, text: status === 0 ? '' : `${stdout}${stderr}` }).toEqual({
      status: 0,
      text: '',
    });
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** The files of the Debian package, unpacked once. */
  const installed = (): string => {
    const target = path.join(folder, 'deb');
    if (!existsSync(target)) execFileSync('dpkg-deb', ['-x', built('.deb'), target]);
    return target;
  };

  const started = () => ({
    address: 'app://archipel/index.html',
    title: expect.stringContaining('Archipel') as string,
    userAgent: expect.stringContaining(`Electron/${runtime}`) as string,
    policy: expect.stringMatching(/^default-src 'none'; script-src 'self';/) as string,
    nodeReaches: 'undefined undefined',
  });

  it('start from the folder', async () => {
    expect(await probe(path.join(unpacked, 'archipel-desktop'))).toEqual(started());
  });

  it('confine their pages when an ordinary user starts them', async () => {
    // As root the folder of the checkout may be closed to others.
    const target = path.join(folder, 'everybody');
    chmodSync(folder, 0o755);
    execFileSync('cp', ['-r', unpacked, target]);
    expect(await confinement(path.join(target, 'archipel-desktop'))).toEqual({
      isLoosened: false,
      seccomp: '2',
      hasOwnProcesses: true,
    });
  });

  it('run the embedded platform out of the archive in the folder', async () => {
    expect(await firstEntity(path.join(unpacked, 'archipel-desktop'))).toContain('backup');
  });

  it('make the pictures of entities in a thread out of the archive', async () => {
    expect(await avatarSize(path.join(unpacked, 'archipel-desktop'))).toEqual([48, 48]);
  });

  it('start from the tar.gz archive', async () => {
    const target = path.join(folder, 'tar');
    execFileSync('mkdir', [target]);
    execFileSync('tar', ['-xzf', built('.tar.gz'), '-C', target, '--strip-components=1']);
    expect(await probe(path.join(target, 'archipel-desktop'))).toEqual(started());
  });

  it('start from the Debian package', async () => {
    const executable = path.join(installed(), 'opt/Archipel/archipel-desktop');
    expect(await probe(executable)).toEqual(started());
  });

  it('open xmpp links and have icons of all sizes in the Debian package', () => {
    const target = installed();
    const entry = path.join(target, 'usr/share/applications/archipel-desktop.desktop');
    expect(readFileSync(entry, 'utf8')).toContain('MimeType=x-scheme-handler/xmpp;');
    const sizes = readdirSync(path.join(target, 'usr/share/icons/hicolor'));
    expect(sizes.map((size) => Number.parseInt(size)).sort((a, b) => a - b)).toEqual([
      16, 24, 32, 48, 64, 128, 256, 512, 1024,
    ]);
  });

  it('name their dependencies in the Debian package', () => {
    const fields = execFileSync(
      'dpkg-deb',
      ['-f', built('.deb'), 'Package', 'Depends', 'Recommends'],
      { encoding: 'utf8' },
    );
    expect(fields.trim().split('\n')).toEqual([
      'Package: archipel-desktop',
      'Depends: libgtk-3-0, libnss3, libasound2, libgbm1, libsecret-1-0, xdg-utils',
      'Recommends: gnome-keyring',
    ]);
  });

  it('hold the bundles and the two packages that cannot be bundled, and nothing else', () => {
    const files = listPackage(path.join(unpacked, 'resources/app.asar'), { isPack: false });
    const folders = files.map((file) => file.split('/').slice(1, 3).join('/'));
    const expected = ['main', 'preload', 'renderer', 'demo'].filter((name) =>
      existsSync(path.join('out', name)),
    );
    expect([...new Set(folders)].sort()).toEqual(
      [
        ...expected.map((name) => `out/${name}`),
        ...['node_modules', 'node_modules/keytar', 'node_modules/sql.js', 'out', 'package.json'],
      ].sort(),
    );
    expect(files.filter((file) => file.endsWith('.map'))).toEqual([]);
  });

  it('carry the licences and the notices of third parties', () => {
    const names = ['LICENSE', 'THIRD-PARTY-NOTICES', 'LICENSES.chromium.html'];
    expect(names.filter((name) => !existsSync(path.join(unpacked, name)))).toEqual([]);
  });

  it('leave nothing open that only development needs', () => {
    const fuses = findFuses(readFileSync(path.join(unpacked, 'archipel-desktop')));
    // Run as Node, cookie encryption, NODE_OPTIONS, inspection, archive integrity, archive only,
    // a snapshot of its own, rights of file: pages.
    expect(fuses?.states.slice(0, 8)).toBe('00001100');
    expect(existsSync(path.join(unpacked, 'resources/default_app.asar'))).toBe(false);
  });

  it('are marked as development packages', () => {
    const names = readdirSync(output).filter((name) => /\.(deb|tar\.gz)$/.test(name));
    expect(names.filter((name) => !name.includes('-development-'))).toEqual([]);
  });
});
