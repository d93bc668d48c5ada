import { child, children, fragment } from './codec/elements.ts';
import type { OptionalPart } from './codec/part.ts';
import { attribute, content, nothing, optional, record } from './codec/part.ts';
import { anyJid, base64, fullJid } from './codec/special-values.ts';
import { choice, decimal, digitBoolean, integer, text, words } from './codec/value.ts';
import { defineAction } from './define-action.ts';
import type { XmlElement } from '../xml/element.ts';
import { el } from '../xml/element.ts';

const NAMESPACE = 'archipel:vm:control';
const ours = { namespace: NAMESPACE, entity: 'virtualmachine', origin: 'original' } as const;

const count = integer({ min: 0 });

const info = defineAction({
  ...ours,
  name: 'info',
  kind: 'get',
  permission: 'info',
  summary: 'State, memory and load of the virtual machine; nothing when it is not defined.',
  request: {},
  reply: optional(
    child(
      'info',
      record({
        state: attribute('state', integer({ min: 0, max: 64 }), 'state as libvirt numbers it'),
        maxMemoryKib: attribute('maxMem', count, 'most memory it can be given while running, KiB'),
        memoryKib: attribute('memory', count, 'memory it has now, KiB'),
        vcpus: attribute('nrVirtCpu', count, 'virtual CPUs it has now'),
        cpuPercent: attribute('cpuPrct', decimal(), 'CPU use, percent of the hypervisor'),
        hypervisor: optional(attribute('hypervisor', anyJid(), 'full JID of its hypervisor')),
        autostart: optional(
          attribute('autostart', digitBoolean(), 'whether it starts with its hypervisor'),
        ),
      }),
    ),
  ),
  errors: ['vm-info-failed', 'libvirt-error'],
  bouncesWhenUndefined: true,
});

const create = defineAction({
  ...ours,
  name: 'create',
  kind: 'set',
  permission: 'create',
  summary: 'Starts it.',
  request: {},
  reply: optional(
    child(
      'domain',
      record({ id: attribute('id', text(), 'libvirt’s number of the running domain') }),
    ),
  ),
  errors: ['vm-create-failed', 'vm-not-defined', 'vm-migrating', 'libvirt-error'],
});

const shutdown = defineAction({
  ...ours,
  name: 'shutdown',
  kind: 'set',
  permission: 'shutdown',
  summary: 'Asks the guest to shut down.',
  request: {},
  reply: nothing,
  errors: ['vm-shutdown-failed', 'vm-not-defined', 'vm-migrating', 'libvirt-error'],
});

const destroy = defineAction({
  ...ours,
  name: 'destroy',
  kind: 'set',
  permission: 'destroy',
  summary: 'Forces it off, as if the power were cut; harmless when it is off already.',
  request: {},
  reply: nothing,
  errors: ['vm-destroy-failed', 'vm-not-defined', 'vm-migrating', 'libvirt-error'],
});

const reboot = defineAction({
  ...ours,
  name: 'reboot',
  kind: 'set',
  permission: 'reboot',
  summary: 'Asks the guest to reboot.',
  request: {},
  reply: nothing,
  errors: ['vm-reboot-failed', 'vm-not-defined', 'vm-migrating', 'libvirt-error'],
});

const suspend = defineAction({
  ...ours,
  name: 'suspend',
  kind: 'set',
  permission: 'suspend',
  summary: 'Pauses it; its memory stays.',
  request: {},
  reply: nothing,
  errors: ['vm-suspend-failed', 'vm-not-defined', 'vm-migrating', 'libvirt-error'],
});

const resume = defineAction({
  ...ours,
  name: 'resume',
  kind: 'set',
  permission: 'resume',
  summary: 'Lets it go on after a pause.',
  request: {},
  reply: nothing,
  errors: ['vm-resume-failed', 'vm-not-defined', 'vm-migrating', 'libvirt-error'],
});

function definitionOrNotDefined(): OptionalPart<XmlElement> {
  const domain = optional(fragment('domain', 'the definition, as libvirt describes it'));
  return {
    ...domain,
    write: (value) =>
      value === undefined ? { attributes: {}, children: [el('not-defined')] } : domain.write(value),
  };
}

const xmldesc = defineAction({
  ...ours,
  name: 'xmldesc',
  kind: 'get',
  permission: 'xmldesc',
  summary: 'Its definition without the description; `<not-defined/>` when it has none.',
  request: {},
  reply: definitionOrNotDefined(),
  errors: ['vm-xmldesc-failed', 'libvirt-error'],
});

const migrate = defineAction({
  ...ours,
  name: 'migrate',
  kind: 'set',
  permission: 'migrate',
  summary: 'Moves it to another hypervisor; the answer comes before the move is done.',
  // A bare JID would be answered by the server, and an original agent waits for ever for the answer it wants.
  request: {
    hypervisor: attribute('hypervisorjid', fullJid(), 'full JID of the hypervisor it moves to'),
  },
  reply: nothing,
  errors: [
    'vm-migrate-failed',
    'vm-not-defined',
    'vm-migrating',
    'vm-already-migrating',
    'vm-already-there',
    'vm-blocked',
    'live-migration-unsupported',
  ],
});

const autostart = defineAction({
  ...ours,
  name: 'autostart',
  kind: 'set',
  permission: 'autostart',
  summary: 'Chooses whether it starts with its hypervisor.',
  request: { value: attribute('value', digitBoolean(), 'whether it starts with its hypervisor') },
  reply: nothing,
  errors: [
    'vm-autostart-failed',
    'vm-not-defined',
    'vm-migrating',
    'invalid-request',
    'libvirt-error',
  ],
});

const memory = defineAction({
  ...ours,
  name: 'memory',
  kind: 'set',
  permission: 'memory',
  summary: 'Changes its memory while it runs.',
  request: { memoryKib: attribute('value', integer({ min: 10 }), 'memory it shall have, KiB') },
  reply: nothing,
  errors: [
    'vm-memory-failed',
    'vm-not-defined',
    'vm-migrating',
    'invalid-request',
    'libvirt-error',
  ],
});

const setvcpus = defineAction({
  ...ours,
  name: 'setvcpus',
  kind: 'set',
  permission: 'setvcpus',
  summary: 'Changes its number of virtual CPUs.',
  request: {
    vcpus: attribute('value', integer({ min: 1, max: 4096 }), 'virtual CPUs it shall have'),
  },
  reply: nothing,
  errors: [
    'vm-setvcpus-failed',
    'vm-not-defined',
    'vm-migrating',
    'vcpus-above-maximum',
    'invalid-request',
    'libvirt-error',
  ],
});

const networkinfo = defineAction({
  ...ours,
  name: 'networkinfo',
  kind: 'get',
  permission: 'networkinfo',
  summary: 'Counters of its network interfaces since it started.',
  request: {},
  reply: children(
    'network',
    record({
      name: attribute('name', text(), 'alias of the interface, else its device on the hypervisor'),
      receivedBytes: attribute('rx_bytes', count, 'received, bytes'),
      receivedPackets: attribute('rx_packets', count, 'received, packets'),
      receiveErrors: attribute('rx_errs', count, 'errors while receiving'),
      receiveDrops: attribute('rx_drop', count, 'received packets dropped'),
      sentBytes: attribute('tx_bytes', count, 'sent, bytes'),
      sentPackets: attribute('tx_packets', count, 'sent, packets'),
      sendErrors: attribute('tx_errs', count, 'errors while sending'),
      sendDrops: attribute('tx_drop', count, 'packets dropped instead of sent'),
    }),
  ),
  errors: ['vm-networkinfo-failed', 'vm-not-running', 'libvirt-error'],
  bouncesWhenUndefined: true,
});

const free = defineAction({
  ...ours,
  name: 'free',
  kind: 'set',
  permission: 'free',
  summary: 'Deletes it: domain, files, permissions and account.',
  request: {},
  reply: nothing,
  errors: ['vm-free-failed', 'vm-migrating'],
});

const screenshot = defineAction({
  ...ours,
  name: 'screenshot',
  kind: 'get',
  permission: 'screenshot',
  summary: 'A picture of its screen; nothing when it is off or the agent takes none.',
  request: {
    size: optional(
      attribute('size', choice(['thumbnail', 'full']), 'at most 216 × 162 pixels, or as it is'),
    ),
  },
  reply: optional(
    child(
      'screenshot',
      record({
        mime: attribute('mime', words(), 'media type of the picture'),
        width: attribute('width', count, 'width, pixels'),
        height: attribute('height', count, 'height, pixels'),
        data: content(base64(), 'the picture'),
      }),
    ),
  ),
  errors: ['vm-screenshot-failed', 'vm-not-defined', 'vm-migrating'],
});

/** What a virtual machine can be asked and told while it lives. */
export const vmControl = {
  info,
  create,
  shutdown,
  destroy,
  reboot,
  suspend,
  resume,
  xmldesc,
  migrate,
  autostart,
  memory,
  setvcpus,
  networkinfo,
  free,
  screenshot,
};
