/** A module of an agent as its configuration names it, with the namespaces that are silent without it. */
export interface AgentModule {
  readonly namespaces: readonly string[];
  /** What it is for, in a few words. */
  readonly purpose: string;
}

/** Every module an agent can load, by its name in section [MODULES] of the configuration. */
export const AGENT_MODULES = {
  hypervisor_health: {
    namespaces: ['archipel:hypervisor:health', 'archipel:statistics', 'archipel:log'],
    purpose: 'health',
  },
  hypervisor_network: { namespaces: ['archipel:hypervisor:network'], purpose: 'networks' },
  hypervisor_nuage_network: {
    namespaces: ['archipel:hypervisor:nuage:network'],
    purpose: 'Nuage networks',
  },
  storage: { namespaces: ['archipel:vm:disk'], purpose: 'drives' },
  snapshoting: { namespaces: ['archipel:virtualmachine:snapshoting'], purpose: 'snapshots' },
  vnc: { namespaces: ['archipel:virtualmachine:vnc', 'archipel:vm:console'], purpose: 'screens' },
  oomkiller: { namespaces: ['archipel:vm:oom'], purpose: 'shortage of memory' },
  action_scheduler: { namespaces: ['archipel:entity:scheduler'], purpose: 'scheduled jobs' },
  hypervisor_vmcasts: {
    namespaces: ['archipel:hypervisor:vmcasting'],
    purpose: 'feeds of appliances',
  },
  virtualmachine_appliance: {
    namespaces: ['archipel:virtualmachine:vmcasting'],
    purpose: 'appliances',
  },
  vmparking: {
    namespaces: ['archipel:hypervisor:vmparking', 'archipel:vm:vmparking'],
    purpose: 'parking of virtual machines',
  },
  centraldb: { namespaces: ['archipel:centralagent'], purpose: 'the central agent' },
  xmppserver: {
    namespaces: ['archipel:xmppserver:users', 'archipel:xmppserver:groups'],
    purpose: 'users and groups of the XMPP server',
  },
  geolocalization: { namespaces: ['archipel:hypervisor:geolocalization'], purpose: 'its place' },
  iphone_notification: { namespaces: [], purpose: 'notifications to telephones' },
  platformrequest: {
    namespaces: ['archipel:centralagent:platform'],
    purpose: 'choice of a hypervisor by load',
  },
} as const satisfies Readonly<Record<string, AgentModule>>;

export type AgentModuleName = keyof typeof AGENT_MODULES;

const ENTRIES = Object.entries(AGENT_MODULES) as readonly (readonly [
  AgentModuleName,
  AgentModule,
])[];

/** The module that serves a namespace; undefined for what every agent serves. */
export function moduleServing(namespace: string): AgentModuleName | undefined {
  return ENTRIES.find(([, { namespaces }]) => namespaces.includes(namespace))?.[0];
}
