import type { PushTopic } from './push.ts';

/** What to ask again of the owner of a push: actions as `module.action`, or facts about it. */
export type PushEffect = `${string}.${string}`;

/**
 * Which answers of the pushing entity a push makes stale, by the short names of the registry.
 * Topics of modules this version does not have make nothing stale.
 */
export const PUSH_EFFECTS: Readonly<Record<PushTopic, readonly PushEffect[]>> = {
  hypervisor: ['hypervisor.rostervm'],
  'virtualmachine:control': [
    'vm.info',
    'vm.xmldesc',
    'vm.networkinfo',
    'vm.screenshot',
    'vnc.display',
  ],
  'virtualmachine:definition': [
    'vm.info',
    'vm.xmldesc',
    'definition-text.get',
    'vm.networkinfo',
    'vnc.display',
  ],
  'virtualmachine:vnc': ['vnc.display'],
  disk: [],
  snapshoting: [],
  network: [],
  nuagenetwork: [],
  vmcasting: [],
  vmparking: ['hypervisor.rostervm'],
  scheduler: [],
  oom: [],
  permissions: ['permissions.get', 'permissions.getown'],
  subscription: [],
  'xmppserver:groups': [],
  'xmppserver:users': ['users.list', 'users.filter', 'users.number'],
};
