import { describe, expect, it } from 'vitest';
import type { Standing } from '../../../../core/protocol/permissions.ts';
import {
  isGranted,
  isPermissionName,
  PERMISSION_NAMES,
  permissionsOf,
} from '../../../../core/protocol/permissions.ts';

const machine = permissionsOf('virtualmachine');

function standing(isAdmin: boolean, ...grants: readonly string[]): Standing {
  return { isAdmin, grants: new Set(grants) };
}

const stranger: Standing = { isAdmin: false, grants: undefined };

describe('a permission', () => {
  it.each([
    ['an administrator anything, even what does not exist', 'fly', standing(true), true],
    ['a holder of all anything', 'destroy', standing(false, 'all'), true],
    ['a holder of all what does not exist', 'fly', standing(false, 'all'), true],
    ['a user what was granted', 'create', standing(false, 'create'), true],
    ['a user nothing else', 'destroy', standing(false, 'create'), false],
    ['a user nothing that does not exist, even if granted', 'fly', standing(false, 'fly'), false],
    ['a stranger what everybody has', 'permission_get', stranger, true],
    ['a stranger nothing else', 'info', stranger, false],
    ['a stranger nothing that does not exist', 'fly', stranger, false],
    [
      'a user whose grants were all revoked not even that',
      'permission_get',
      standing(false),
      false,
    ],
  ] as const)('allows %s', (_, name, who, expected) => {
    expect(isGranted(name, who, machine)).toBe(expected);
  });
});

describe('the table of permissions', () => {
  it('has one that everybody has', () => {
    const everybody = machine.filter((one) => one.byDefault).map((one) => one.name);
    expect(everybody).toEqual(['permission_get']);
  });

  it('gives each kind of entity its own', () => {
    const names = (kind: Parameters<typeof permissionsOf>[0]): readonly string[] =>
      permissionsOf(kind).map((one) => one.name);
    expect(names('hypervisor')).toContain('alloc');
    expect(names('virtualmachine')).not.toContain('alloc');
    expect(names('virtualmachine')).toContain('setvcpus');
    expect(names('central-agent')).toContain('xmppserver_groups_create');
    expect([names('hypervisor').length, names('virtualmachine').length]).toEqual([63, 63]);
  });

  it('knows its names', () => {
    expect(PERMISSION_NAMES.every(isPermissionName)).toBe(true);
    expect(isPermissionName('constructor')).toBe(false);
  });
});
