import { describe, expect, it } from 'vitest';
import { matchesLock } from '../../../scripts/lib/npm-packages.mjs';
import { shippedPlaces } from '../../../scripts/notices/shipped-packages.mjs';

const entry = (version: string, more = {}): object => ({
  version,
  integrity: `i${version}`,
  ...more,
});

describe('what is installed', () => {
  const lock = {
    packages: {
      '': { name: 'root' },
      agent: { version: '0.1.0' },
      'node_modules/a': entry('1.0.0'),
      'node_modules/for-windows': entry('1.0.0', { optional: true }),
    },
  };

  it.each([
    ['matches when only optional packages are missing', { 'node_modules/a': entry('1.0.0') }, true],
    ['does not match when a package is missing', {}, false],
    ['does not match when a version differs', { 'node_modules/a': entry('1.0.1') }, false],
  ])('%s', (_name, packages, expected) => {
    expect(matchesLock(lock, { packages })).toBe(expected);
  });
});

describe('the packages that users get', () => {
  it('are the dependencies and the bundled ones with all they need, each at its own version', () => {
    const lock = {
      packages: {
        '': { dependencies: { a: '1' }, devDependencies: { pages: '1', tool: '1' } },
        'node_modules/a': entry('1.0.0', { dependencies: { shared: '1' } }),
        'node_modules/a/node_modules/shared': entry('1.0.0'),
        'node_modules/shared': entry('2.0.0', { dependencies: { deep: '1' } }),
        'node_modules/deep': entry('1.0.0'),
        'node_modules/pages': entry('1.0.0', {
          dependencies: { shared: '2' },
          peerDependencies: { peer: '1', types: '1' },
          peerDependenciesMeta: { types: { optional: true } },
        }),
        'node_modules/peer': entry('1.0.0'),
        'node_modules/types': entry('1.0.0'),
        'node_modules/tool': entry('1.0.0'),
      },
    };
    expect(shippedPlaces(lock, ['pages'])).toEqual([
      'node_modules/a',
      'node_modules/a/node_modules/shared',
      'node_modules/deep',
      'node_modules/pages',
      'node_modules/peer',
      'node_modules/shared',
    ]);
  });
});
