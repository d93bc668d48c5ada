/** Whether a module of the configuration is loaded, and why not. */
export interface ModuleState {
  readonly id: string;
  readonly isLoaded: boolean;
  /** In words that reach the client. */
  readonly reason?: string;
}

/** Modules of original agents that this release has, by the names of the configuration. */
const PRESENT_MODULES = ['hypervisor_health', 'vnc', 'xmppserver'] as const;

/** Sections that belong to modules this release does not have; what they say is passed over. */
export const ABSENT_SECTIONS = [
  'NETWORKS',
  'STORAGE',
  'SCHEDULER',
  'VMCASTING',
  'GEOLOCALIZATION',
  'IPHONENOTIFICATION',
  'NUAGE',
] as const;

/** The state of every module that the configuration names or that this release has. */
export function moduleStates(
  named: ReadonlyMap<string, boolean>,
  policy: 'restrictive' | 'permissive',
  failures: ReadonlyMap<string, string>,
): readonly ModuleState[] {
  const ids = new Set([...PRESENT_MODULES, ...named.keys()]);
  return [...ids].map((id) => stateOf(id, named.get(id), policy, failures.get(id)));
}

function stateOf(
  id: string,
  wanted: boolean | undefined,
  policy: 'restrictive' | 'permissive',
  failure: string | undefined,
): ModuleState {
  const isPresent = PRESENT_MODULES.some((one) => one === id);
  const refuse = (reason: string): ModuleState => ({ id, isLoaded: false, reason });
  if (wanted === false) return refuse(`${id} is switched off in section [MODULES]`);
  if (!isPresent) return refuse(`${id} is not part of this release of the agent`);
  if (wanted === undefined && policy === 'restrictive') {
    return refuse(`${id} is not named in section [MODULES] and the policy is restrictive`);
  }
  return failure === undefined ? { id, isLoaded: true } : refuse(failure);
}
