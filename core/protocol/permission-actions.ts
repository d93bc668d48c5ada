import { children } from './codec/elements.ts';
import { attribute, nothing, record } from './codec/part.ts';
import { bareJid } from './codec/special-values.ts';
import { choice, digitBoolean, text, words } from './codec/value.ts';
import { defineAction } from './define-action.ts';

const NAMESPACE = 'archipel:permissions';
const ours = { namespace: NAMESPACE, entity: 'any', origin: 'original' } as const;

const target = {
  type: attribute('permission_type', choice(['user']), 'whose permissions; only users have any'),
  user: attribute('permission_target', bareJid(), 'bare JID of the user'),
};

const held = children(
  'permission',
  record({ name: attribute('name', words(), 'a permission granted to the user by name') }),
);

const changes = children(
  'permission',
  record({
    ...target,
    name: attribute('permission_name', words(), 'the permission'),
    isGranted: attribute('permission_value', digitBoolean(), 'whether it is granted or revoked'),
  }),
);

const list = defineAction({
  ...ours,
  name: 'list',
  kind: 'get',
  permission: 'permission_list',
  summary: 'The permissions that exist on it.',
  request: {},
  reply: children(
    'permission',
    record({
      name: attribute('name', words(), 'name of the permission'),
      byDefault: attribute('default', digitBoolean(), 'whether users without any grant have it'),
      description: attribute('description', text(), 'what it allows'),
    }),
  ),
  errors: ['permission-list-failed'],
});

const get = defineAction({
  ...ours,
  name: 'get',
  kind: 'get',
  permission: 'permission_get',
  summary: 'What a user was granted; administrators and defaults are not in it.',
  request: target,
  reply: held,
  errors: ['permission-get-failed'],
});

const getown = defineAction({
  ...ours,
  name: 'getown',
  kind: 'get',
  permission: undefined,
  summary: 'What the asking user was granted; administrators and defaults are not in it.',
  request: target,
  reply: held,
  errors: ['permission-get-failed', 'permissions-of-others'],
});

const set = defineAction({
  ...ours,
  name: 'set',
  kind: 'set',
  permission: 'permission_set',
  summary: 'Grants and revokes permissions of users.',
  request: { changes },
  reply: nothing,
  errors: ['permission-set-failed'],
});

const setown = defineAction({
  ...ours,
  name: 'setown',
  kind: 'set',
  permission: 'permission_setown',
  summary: 'Grants and revokes permissions of the asking user.',
  request: { changes },
  reply: nothing,
  errors: ['permission-set-failed', 'permissions-of-others'],
});

/** Who may do what on an entity. */
export const permissionActions = { list, get, getown, set, setown };
