import { fragment } from './codec/elements.ts';
import { nothing } from './codec/part.ts';
import { defineAction } from './define-action.ts';

const NAMESPACE = 'archipel:vm:definition';
const ours = { namespace: NAMESPACE, entity: 'virtualmachine', origin: 'original' } as const;

const define = defineAction({
  ...ours,
  name: 'define',
  kind: 'set',
  permission: 'define',
  summary: 'Replaces its definition; running guests take most of it at their next start.',
  request: {
    domain: fragment('domain', 'definition; its UUID must be the one of the machine’s JID'),
  },
  reply: nothing,
  errors: [
    'vm-define-failed',
    'definition-uuid-mismatch',
    'block-devices-forbidden',
    'vm-name-taken',
    'vm-migrating',
    'libvirt-error',
  ],
});

const undefine = defineAction({
  ...ours,
  name: 'undefine',
  kind: 'set',
  permission: 'undefine',
  summary: 'Removes its definition; its files stay.',
  request: {},
  reply: nothing,
  errors: ['vm-undefine-failed', 'vm-migrating', 'libvirt-error'],
});

const capabilities = defineAction({
  ...ours,
  name: 'capabilities',
  kind: 'get',
  permission: 'capabilities',
  summary: 'What libvirt can run on its hypervisor.',
  request: {},
  reply: fragment('capabilities', 'libvirt’s capabilities document'),
  errors: ['vm-capabilities-failed'],
});

/** The definition of a virtual machine as XML elements; comments and layout do not survive the way. */
export const vmDefinition = { define, undefine, capabilities };
