/** The states of a domain, each at the place of its number in libvirt's `virDomainState`. */
export const DOMAIN_STATES = [
  'nostate',
  'running',
  'blocked',
  'paused',
  'shutdown',
  'shutoff',
  'crashed',
  'pmsuspended',
] as const;

/** What a domain does now; `shutdown` means it is going down, `shutoff` that it is down. */
export type DomainState = (typeof DOMAIN_STATES)[number];

/** A domain as a list or a look-up shows it. */
export interface Domain {
  /** Lower case, with dashes; it never changes and names the domain in every call. */
  readonly uuid: string;
  readonly name: string;
  /** Only a running domain has one. */
  readonly id: number | undefined;
}

/** A domain with what a list of all adds to it. */
export interface ListedDomain extends Domain {
  readonly state: DomainState;
  /** A domain that is not persistent is gone when it stops. */
  readonly persistent: boolean;
  readonly autostart: boolean;
}

/** What `virDomainGetInfo` answers, and of `virDomainGetState` why a domain is off. */
export interface DomainInfo {
  readonly state: DomainState;
  /** Of a domain that is off: whether its process died of itself or was killed. */
  readonly hasCrashed: boolean;
  readonly maxMemoryKiB: number;
  readonly memoryKiB: number;
  readonly vcpus: number;
  /** CPU time used since the domain started; a bigint, because 64 busy CPUs pass 2^53 in two days. */
  readonly cpuTimeNs: bigint;
}

/** A picture of a domain's screen, in whatever format the driver makes (QEMU: portable pixmap or PNG). */
export interface Screenshot {
  readonly mime: string;
  readonly data: Uint8Array;
}

/** Which console is opened, and whether somebody else's session on it is ended for that. */
export interface ConsoleOptions {
  /** The alias of the device, such as serial0; the first console or serial port when absent. */
  readonly device?: string | undefined;
  readonly force?: boolean | undefined;
}

/** Which definition a text shows and whether it holds the secrets, such as the VNC password. */
export interface XmlOptions {
  readonly secure?: boolean;
  /** The definition for the next start instead of the running one. */
  readonly inactive?: boolean;
}

/** What goes away with the definition; libvirt refuses to undefine a domain that has such a thing otherwise. */
export interface UndefineOptions {
  readonly managedSave?: boolean;
  readonly snapshotsMetadata?: boolean;
  readonly checkpointsMetadata?: boolean;
  readonly nvram?: 'remove' | 'keep';
}

/** What a change is for: the domain as it runs, its next start, both, or whichever of the two it is now. */
export type Affected = 'current' | 'live' | 'config' | 'live-and-config';
