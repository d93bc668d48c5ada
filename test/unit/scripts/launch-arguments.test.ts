import { describe, expect, it } from 'vitest';
import {
  appArguments,
  chromiumArguments,
  hasDisplay,
} from '../../../scripts/start/launch-arguments.mjs';

const linux = { platform: 'linux', isRoot: false, env: { DISPLAY: ':0' } };

describe('what the app is started with', () => {
  it.each([
    [[], ['--demo']],
    [
      ['--profile', 'x'],
      ['--demo', '--profile', 'x'],
    ],
    [
      ['--account', 'a@b.c'],
      ['--account', 'a@b.c'],
    ],
    [['--account=a@b.c'], ['--account=a@b.c']],
    [['xmpp:a@b.c'], ['xmpp:a@b.c']],
    [['--no-demo'], []],
    [['--stay'], ['--demo']],
  ])('is for %j %j', (asked, started) => {
    expect(appArguments(asked)).toEqual(started);
  });

  it('leaves the sandbox on for everybody but root on Linux', () => {
    const machines = [linux, { ...linux, isRoot: true }, { ...linux, platform: 'darwin' }];
    expect(machines.map(chromiumArguments)).toEqual([[], ['--no-sandbox'], []]);
  });

  it('asks for Wayland where there is no X', () => {
    const machine = { ...linux, env: { WAYLAND_DISPLAY: 'wayland-0' } };
    expect(chromiumArguments(machine)).toEqual(['--ozone-platform-hint=auto']);
  });

  it('misses a display only on Linux', () => {
    const machines = [linux, { ...linux, env: {} }, { platform: 'win32', env: {} }];
    expect(machines.map(hasDisplay)).toEqual([true, false, true]);
  });
});
