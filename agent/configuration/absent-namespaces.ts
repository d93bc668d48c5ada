import type { ModuleState } from './modules.ts';

/** Which module of the configuration answers in which namespace, where this release may have none. */
const HYPERVISOR: Readonly<Record<string, string>> = {
  'archipel:hypervisor:health': 'hypervisor_health',
  'archipel:statistics': 'hypervisor_health',
  'archipel:log': 'hypervisor_health',
  'archipel:hypervisor:network': 'hypervisor_network',
  'archipel:hypervisor:nuage:network': 'hypervisor_nuage_network',
  'archipel:entity:scheduler': 'action_scheduler',
  'archipel:hypervisor:vmcasting': 'hypervisor_vmcasts',
  'archipel:hypervisor:vmparking': 'vmparking',
  'archipel:hypervisor:geolocalization': 'geolocalization',
  'archipel:xmppserver:users': 'xmppserver',
};

const VIRTUAL_MACHINE: Readonly<Record<string, string>> = {
  'archipel:vm:disk': 'storage',
  'archipel:virtualmachine:snapshoting': 'snapshoting',
  'archipel:virtualmachine:vnc': 'vnc',
  'archipel:vm:console': 'vnc',
  'archipel:virtualmachine:vmcasting': 'virtualmachine_appliance',
  'archipel:vm:vmparking': 'vmparking',
  'archipel:vm:oom': 'oomkiller',
  'archipel:entity:scheduler': 'action_scheduler',
  'archipel:hypervisor:network': 'hypervisor_network',
  'archipel:hypervisor:nuage:network': 'hypervisor_nuage_network',
  'archipel:xmppserver:users': 'xmppserver',
};

/** Why each namespace that an entity could have is not answered, for those that are not. */
export function absences(
  kind: 'hypervisor' | 'virtualmachine',
  modules: readonly ModuleState[],
): ReadonlyMap<string, string> {
  const namespaces = kind === 'hypervisor' ? HYPERVISOR : VIRTUAL_MACHINE;
  const found = Object.entries(namespaces).flatMap(([namespace, id]): [string, string][] => {
    const state = modules.find((one) => one.id === id);
    if (state?.isLoaded) return [];
    const reason = state?.reason ?? `${id} is not part of this release of the agent`;
    return [[namespace, `The module ${id} is not loaded: ${reason}`]];
  });
  return new Map(found);
}
