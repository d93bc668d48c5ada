import { child, children, fragment } from './codec/elements.ts';
import { attribute, content, nothing, optional, record } from './codec/part.ts';
import { anyJid, uuid } from './codec/special-values.ts';
import { integer, pythonBoolean, text, words } from './codec/value.ts';
import { defineAction } from './define-action.ts';

const NAMESPACE = 'archipel:hypervisor:control';
const ours = { namespace: NAMESPACE, entity: 'hypervisor', origin: 'original' } as const;

const count = integer({ min: 0 });

const virtualMachine = child(
  'virtualmachine',
  record({ jid: attribute('jid', anyJid(), 'JID of the virtual machine, bare or full') }),
);

const machines = children(
  'item',
  record({ jid: attribute('jid', anyJid(), 'JID of the domain: its UUID at any XMPP domain') }),
);

const alloc = defineAction({
  ...ours,
  name: 'alloc',
  kind: 'set',
  permission: 'alloc',
  summary: 'Creates a virtual machine, with a definition if one is given.',
  request: {
    name: optional(
      attribute('name', words(), 'wanted name; the hypervisor makes one up otherwise'),
    ),
    organisation: optional(attribute('orgname', words(), 'organisation that owns it')),
    unit: optional(attribute('orgunit', words(), 'unit of the organisation')),
    locality: optional(attribute('locality', words(), 'where the owner is')),
    owner: optional(attribute('userid', words(), 'who owns it, usually a mail address')),
    categories: optional(attribute('categories', words(), 'free categories')),
    domain: optional(fragment('domain', 'definition; its name and UUID are overwritten')),
  },
  reply: virtualMachine,
  errors: ['alloc-failed', 'vm-name-taken', 'libvirt-error'],
});

const free = defineAction({
  ...ours,
  name: 'free',
  kind: 'set',
  permission: 'free',
  summary: 'Deletes a virtual machine: domain, files, permissions and account.',
  request: { jid: attribute('jid', anyJid(), 'JID of the virtual machine') },
  reply: optional(virtualMachine),
  errors: ['free-failed', 'vm-unknown', 'vm-migrating', 'libvirt-error'],
});

const rostervm = defineAction({
  ...ours,
  name: 'rostervm',
  kind: 'get',
  permission: 'rostervm',
  summary: 'Its virtual machines, and the libvirt domains it does not manage.',
  request: {},
  reply: children(
    'item',
    record({
      jid: content(anyJid(), 'full JID of a managed one, bare JID of another'),
      isManaged: attribute('managed', pythonBoolean(), 'whether it is a virtual machine of ours'),
      name: optional(attribute('name', text(), 'its name')),
    }),
  ),
  errors: ['rostervm-failed'],
});

const clone = defineAction({
  ...ours,
  name: 'clone',
  kind: 'set',
  permission: 'clone',
  summary: 'Copies a stopped virtual machine; the answer comes before the copy is done.',
  request: {
    jid: attribute('jid', anyJid(), 'JID of the virtual machine to copy'),
    name: optional(
      attribute('name', words(), 'name of the copy; made from the original’s otherwise'),
    ),
  },
  reply: nothing,
  errors: ['clone-failed', 'vm-not-defined', 'vm-must-be-stopped', 'vm-name-taken', 'vm-unknown'],
});

const ip = defineAction({
  ...ours,
  name: 'ip',
  kind: 'get',
  permission: 'ip',
  summary: 'Its IP address, as configured or found out.',
  request: {},
  reply: child('ip', content(words(), 'IPv4 or IPv6 address')),
  errors: ['ip-failed'],
});

const migrationinfo = defineAction({
  ...ours,
  name: 'migrationinfo',
  kind: 'get',
  permission: undefined,
  summary: 'Where a live migration to it goes; virtual machines ask for it.',
  request: {},
  reply: child(
    'migration',
    record({
      libvirtUri: attribute('libvirt_uri', words(), 'libvirt URI that others reach it by'),
      baseFolder: attribute('base_folder', text(), 'folder of the virtual machines’ files'),
    }),
  ),
  errors: ['migrationinfo-failed'],
});

const softAlloc = defineAction({
  ...ours,
  name: 'soft_alloc',
  // Original agents send it as a get. It changes things, so we do not.
  kind: 'set',
  permission: undefined,
  summary: 'Takes over a stopped virtual machine; its hypervisor sends it with its credentials.',
  request: {
    domain: fragment('domain', 'definition; its description is JID::::password of the machine'),
  },
  reply: nothing,
  errors: ['soft-alloc-failed', 'vm-name-taken', 'libvirt-error'],
});

const capabilities = defineAction({
  ...ours,
  name: 'capabilities',
  kind: 'get',
  permission: 'capabilities',
  summary: 'What libvirt can run on it.',
  request: {},
  reply: fragment('capabilities', 'libvirt’s capabilities document'),
  errors: ['capabilities-failed', 'libvirt-error'],
  harmful:
    'The original agent never finishes writing its answer: it uses a whole CPU and answers nothing more until it is restarted.',
});

const nodeinfo = defineAction({
  ...ours,
  name: 'nodeinfo',
  kind: 'get',
  permission: 'nodeinfo',
  summary: 'Its hardware; original agents answer without values, which reads as nothing.',
  request: {},
  reply: optional(
    child(
      'nodeinfo',
      record({
        model: attribute('model', text(), 'model of the CPU'),
        memoryMib: attribute('memory', count, 'memory, MiB'),
        cpus: attribute('nrCPU', count, 'active CPUs'),
        cpuMhz: attribute('mHzCPU', count, 'expected CPU frequency, MHz'),
        numaNodes: attribute('nrNumaNodes', count, 'NUMA nodes'),
        sockets: attribute('nrSockets', count, 'CPU sockets in a NUMA node'),
        coresPerSocket: attribute('nrCoreperSocket', count, 'cores in a socket'),
        threadsPerCore: attribute('nrThreadperCore', count, 'threads in a core'),
      }),
    ),
  ),
  errors: ['nodeinfo-failed', 'libvirt-error'],
});

const manage = defineAction({
  ...ours,
  name: 'manage',
  kind: 'set',
  permission: 'manage',
  summary: 'Takes over existing libvirt domains, one after the other until one fails.',
  request: { machines },
  reply: nothing,
  errors: ['manage-failed', 'vm-already-managed', 'vm-name-taken', 'libvirt-error'],
});

const unmanage = defineAction({
  ...ours,
  name: 'unmanage',
  kind: 'set',
  permission: 'unmanage',
  summary: 'Gives libvirt domains back; their files and definitions stay.',
  request: { machines },
  reply: nothing,
  errors: ['unmanage-failed', 'vm-not-managed'],
});

const setorginfo = defineAction({
  ...ours,
  name: 'setorginfo',
  kind: 'set',
  permission: 'setorginfo',
  summary: 'Renames a stopped virtual machine and changes whom it belongs to.',
  request: {
    target: attribute('target', uuid(), 'UUID of the virtual machine'),
    name: optional(child('FN', content(text(), 'new name'))),
    organisation: optional(child('ORGNAME', content(text(), 'organisation that owns it'))),
    unit: optional(child('ORGUNIT', content(text(), 'unit of the organisation'))),
    owner: optional(child('USERID', content(text(), 'who owns it, usually a mail address'))),
    locality: optional(child('LOCALITY', content(text(), 'where the owner is'))),
    categories: optional(child('CATEGORIES', content(text(), 'free categories'))),
  },
  reply: optional(virtualMachine),
  errors: ['setorginfo-failed', 'vm-unknown', 'vm-must-be-stopped', 'vm-name-taken'],
});

/** What a hypervisor does with its virtual machines. */
export const hypervisorControl = {
  alloc,
  free,
  rostervm,
  clone,
  ip,
  migrationinfo,
  soft_alloc: softAlloc,
  capabilities,
  nodeinfo,
  manage,
  unmanage,
  setorginfo,
};
