import { child } from './codec/elements.ts';
import { exactText } from './codec/escaped-text.ts';
import { attribute, optional, record } from './codec/part.ts';
import { pythonBoolean, words } from './codec/value.ts';
import { defineAction } from './define-action.ts';

/** Announced by disco#info; original agents do not know it. */
const NAMESPACE = 'archipel:vm:definition:text';

const ours = {
  namespace: NAMESPACE,
  entity: 'virtualmachine',
  origin: 'ours',
} as const;

const revision = attribute('revision', words(), 'changes whenever the definition does');
const text = child(
  'text',
  exactText('the definition, as it was written, with comments and layout'),
);

const get = defineAction({
  ...ours,
  name: 'get',
  kind: 'get',
  permission: 'xmldesc',
  summary: 'Its definition as text; nothing when it is not defined.',
  request: {},
  reply: optional(child('definition', record({ revision, text }))),
  errors: ['definition-get-failed', 'libvirt-error'],
});

const define = defineAction({
  ...ours,
  name: 'define',
  kind: 'set',
  permission: 'define',
  summary: 'Replaces its definition, if it is still the one that was edited.',
  request: {
    base: optional(
      attribute('base', words(), 'revision that was edited; without it, it must be undefined'),
    ),
    text,
  },
  reply: child(
    'definition',
    record({
      revision,
      isPending: attribute(
        'pending',
        pythonBoolean(),
        'whether something takes effect only at the next start',
      ),
    }),
  ),
  errors: [
    'definition-define-failed',
    'definition-changed',
    'definition-uuid-mismatch',
    'block-devices-forbidden',
    'vm-name-taken',
    'vm-migrating',
    'libvirt-error',
  ],
});

/** The definition of a virtual machine as text, so that nothing of it is lost on the way. */
export const definitionText = { get, define };
