import { child, children } from './codec/elements.ts';
import { attribute, optional, record } from './codec/part.ts';
import { integer, pythonBoolean, text, words } from './codec/value.ts';
import { defineAction } from './define-action.ts';

/** Announced by disco#info; original agents do not know it. */
const NAMESPACE = 'archipel:hypervisor:info';

const count = integer({ min: 0 });

const get = defineAction({
  namespace: NAMESPACE,
  entity: 'hypervisor',
  origin: 'ours',
  name: 'get',
  kind: 'get',
  permission: 'nodeinfo',
  summary: 'Its hardware, its versions, and which modules of its agent are loaded or why not.',
  request: {},
  reply: record({
    node: child(
      'node',
      record({
        model: attribute('model', text(), 'model of the CPU'),
        memoryKib: attribute('memory', count, 'memory, KiB'),
        cpus: attribute('cpus', count, 'active CPUs'),
        cpuMhz: attribute('mhz', count, 'expected CPU frequency, MHz'),
        numaNodes: attribute('numa-nodes', count, 'NUMA nodes'),
        sockets: attribute('sockets', count, 'CPU sockets in a NUMA node'),
        coresPerSocket: attribute('cores', count, 'cores in a socket'),
        threadsPerCore: attribute('threads', count, 'threads in a core'),
      }),
    ),
    agent: child('agent', record({ version: attribute('version', words(), 'of the agent') })),
    libvirt: child(
      'libvirt',
      record({
        version: attribute('version', words(), 'of libvirt: `9.0.0`'),
        driver: attribute('driver', words(), 'kind of hypervisor: `QEMU`, `LXC` …'),
        driverVersion: optional(attribute('driver-version', words(), 'of what the driver drives')),
      }),
    ),
    modules: children(
      'module',
      record({
        id: attribute('id', words(), 'the module, as the configuration names it'),
        isLoaded: attribute('loaded', pythonBoolean(), 'whether it is loaded'),
        reason: optional(attribute('reason', words(), 'why it is not loaded')),
      }),
    ),
  }),
  errors: ['hypervisor-info-failed', 'libvirt-error'],
});

/** What a hypervisor is. */
export const hypervisorInfo = { get };
