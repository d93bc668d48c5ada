import { describe, expect, it } from 'vitest';
import { controlFile, parseArguments } from '../../../scripts/package/fpm.mjs';

const args = [
  ...['-s', 'dir', '--force', '-t', 'deb', '-d', 'libnss3', '--depends', 'libgbm1'],
  ...['--name', 'app', '--version', '1.2.0-beta', '--architecture', 'amd64'],
  ...['--maintainer', 'A <a@b.invalid>', '--description', 'One line\n\n  and more\n'],
  ...['/built/=/opt/App', '/icons/16=x.png=/usr/share/x.png'],
];

describe('the stand-in for fpm', () => {
  it('reads the arguments that electron-builder gives', () => {
    expect(parseArguments(args)).toEqual({
      options: {
        s: 'dir',
        t: 'deb',
        name: 'app',
        version: '1.2.0-beta',
        architecture: 'amd64',
        maintainer: 'A <a@b.invalid>',
        description: 'One line\n\n  and more\n',
      },
      depends: ['libnss3', 'libgbm1'],
      files: [
        { from: '/built/', to: '/opt/App' },
        { from: '/icons/16=x.png', to: '/usr/share/x.png' },
      ],
    });
  });

  it('writes a control file without empty fields', () => {
    expect(controlFile(parseArguments(args), 12)).toBe(
      [
        'Package: app',
        'Version: 1.2.0~beta',
        'Architecture: amd64',
        'Maintainer: A <a@b.invalid>',
        'Installed-Size: 12',
        'Depends: libnss3, libgbm1',
        'Priority: optional',
        'Description: One line\n and more\n',
      ].join('\n'),
    );
  });
});
