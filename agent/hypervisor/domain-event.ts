/**
 * The lifecycle events and their details, each at the place of its number in libvirt's
 * `virDomainEventType` and `virDomainEvent*DetailType`.
 */
export const LIFECYCLE = {
  defined: ['added', 'updated', 'renamed', 'from-snapshot'],
  undefined: ['removed', 'renamed'],
  started: ['booted', 'migrated', 'restored', 'from-snapshot', 'wakeup', 'recovered'],
  suspended: [
    'paused',
    'migrated',
    'io-error',
    'watchdog',
    'restored',
    'from-snapshot',
    'api-error',
    'postcopy',
    'postcopy-failed',
    'guest-shutdown',
  ],
  resumed: ['unpaused', 'migrated', 'from-snapshot', 'postcopy', 'postcopy-failed'],
  stopped: [
    'shutdown',
    'destroyed',
    'crashed',
    'migrated',
    'saved',
    'failed',
    'from-snapshot',
    'recovered',
  ],
  shutdown: ['finished', 'guest', 'host'],
  pmsuspended: ['memory', 'disk'],
  crashed: ['panicked', 'crashloaded'],
} as const satisfies Record<string, readonly string[]>;

/** What can happen to a domain. */
export type LifecycleName = keyof typeof LIFECYCLE;

/** What happened together with why; `unknown` is a reason that a newer libvirt gave. */
export type Lifecycle = {
  [E in LifecycleName]: {
    readonly event: E;
    readonly detail: (typeof LIFECYCLE)[E][number] | 'unknown';
  };
}[LifecycleName];

/** Something that happened to a domain; it is told in the order in which the hypervisor saw it. */
export type DomainEvent = Lifecycle & {
  readonly uuid: string;
  readonly name: string;
  /** The id at the time of the event, only for a running domain. */
  readonly id: number | undefined;
};
