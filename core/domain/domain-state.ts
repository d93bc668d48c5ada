/** See https://libvirt.org/html/libvirt-libvirt-domain.html#virDomainState */
const DOMAIN_STATES = [
  'no-state',
  'running',
  'blocked',
  'paused',
  'shutting-down',
  'off',
  'crashed',
  'suspended-by-guest',
] as const;
export type DomainState = (typeof DOMAIN_STATES)[number];

/** The number libvirt gives a domain state; undefined for a number this version does not know. */
export function domainStateOf(number: number): DomainState | undefined {
  return DOMAIN_STATES[number];
}

/** The number of a domain state, as libvirt counts them. */
export function domainStateNumber(state: DomainState): number {
  return DOMAIN_STATES.indexOf(state);
}
