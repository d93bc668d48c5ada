import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { getConfig, validateConfiguration } from 'app-builder-lib/out/util/config/config.js';
import { describe, expect, it } from 'vitest';
import {
  cachedFallback,
  fallback,
  fallbackSupported,
  fetchFallback,
} from '../../scripts/electron/fallback.mjs';
import { appleIcon, windowsIcon } from '../../scripts/package/icon-containers.mjs';
import { releaseProblem } from '../../scripts/package/release-guard.mjs';

type DebugLogger = Parameters<typeof validateConfiguration>[1];

/** What the configuration's schema says against it. */
async function problemsOf(changes: object): Promise<string> {
  const config = await getConfig(process.cwd(), null, null);
  const silent = { isEnabled: false, add: () => undefined } as unknown as DebugLogger;
  try {
    await validateConfiguration({ ...config, ...changes }, silent);
    return '';
  } catch (cause) {
    return String(cause);
  }
}

describe('the configuration of releases', () => {
  it('is valid for every target', async () => {
    const targets = {
      linux: { target: ['deb', 'AppImage', 'tar.gz', 'dir'] },
      win: { target: ['nsis'] },
      mac: { target: ['dmg', 'zip'] },
    };
    const config = await getConfig(process.cwd(), null, null);
    const merged = {
      linux: { ...config.linux, ...targets.linux },
      win: { ...config.win, ...targets.win },
      mac: { ...config.mac, ...targets.mac },
    };
    expect(await problemsOf(merged)).toBe('');
  });

  it('would not be valid with a misspelt setting', async () => {
    expect(await problemsOf({ nsis: { oneClik: true } })).toContain('configuration.nsis should be');
  });

  it('names the application, the links it opens and all its targets', async () => {
    const { appId, protocols, linux, mac, win } = await getConfig(process.cwd(), null, null);
    expect({ appId, protocols, targets: [linux?.target, mac?.target, win?.target] }).toEqual({
      appId: 'org.archipel.desktop',
      protocols: [{ name: 'XMPP address', schemes: ['xmpp'] }],
      targets: [['deb', 'AppImage', 'tar.gz'], ['dmg', 'zip'], ['nsis']],
    });
  });
});

describe('the release guard', () => {
  it('lets the pinned runtime pass, and another one only in development', () => {
    const judged = [
      { development: false, pinned: '45.0.0', runtime: '45.0.0' },
      { development: true, pinned: '45.0.0', runtime: '33.0.0' },
      { development: false, pinned: '45.0.0', runtime: '33.0.0' },
    ].map(releaseProblem);
    expect(judged).toEqual([
      undefined,
      undefined,
      'A release must hold Electron 45.0.0, but this package holds 33.0.0.',
    ]);
  });

  it('stops a release that is made of the stand-in runtime', async ({ skip }) => {
    if (!fallbackSupported()) skip('the stand-in runtime does not exist for this machine');
    const executable = cachedFallback() ?? (await fetchFallback());
    const folder = mkdtempSync(path.join(tmpdir(), 'archipel-release-'));
    const settings = [
      `-c.electronDist=${path.dirname(executable)}`,
      `-c.electronVersion=${fallback.version}`,
      `-c.directories.output=${folder}`,
    ];
    const args = ['node_modules/electron-builder/cli.js', '--linux', 'dir', ...settings];
    try {
      const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
      expect(status).not.toBe(0);
      expect(`${stdout}${stderr}`).toContain('A release must hold Electron');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe('the icons', () => {
  const pictures = [16, 24, 32, 48, 64, 128, 256, 512, 1024].map((size) => ({
    size,
    png: readFileSync(`assets/icons/${size}.png`),
  }));

  it('have the size that their names say', () => {
    expect(pictures.map(({ png }) => [png.readUInt32BE(16), png.readUInt32BE(20)])).toEqual(
      pictures.map(({ size }) => [size, size]),
    );
  });

  it('are packed for Windows and macOS as they are', () => {
    const small = pictures.filter(({ size }) => size <= 256);
    expect([readFileSync('assets/icon.ico'), readFileSync('assets/icon.icns')]).toEqual([
      windowsIcon(small),
      appleIcon(pictures),
    ]);
  });
});
