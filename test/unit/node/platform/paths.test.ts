import { expect, it } from 'vitest';
import { profileFolder } from '../../../../node/platform/paths.ts';

it('keeps the profile where each operating system keeps such folders', () => {
  expect({
    linux: profileFolder('linux', {}, '/home/ada'),
    linuxMoved: profileFolder('linux', { XDG_CONFIG_HOME: '/etc/ada' }, '/home/ada'),
    linuxEmpty: profileFolder('linux', { XDG_CONFIG_HOME: '' }, '/home/ada'),
    macos: profileFolder('darwin', {}, '/Users/ada'),
  }).toEqual({
    linux: '/home/ada/.config/Archipel',
    linuxMoved: '/etc/ada/Archipel',
    linuxEmpty: '/home/ada/.config/Archipel',
    macos: '/Users/ada/Library/Application Support/Archipel',
  });
});
