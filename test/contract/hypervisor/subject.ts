import type { Hypervisor } from '../../../agent/hypervisor/hypervisor.ts';
import type { DomainEvent, Lifecycle } from '../../../agent/hypervisor/domain-event.ts';
import type { StatisticsGroup } from '../../../agent/hypervisor/statistics.ts';

export interface DomainNames {
  readonly name: string;
  readonly uuid: string;
}

/** A hypervisor under test, and the hands that act on it from outside. */
export interface Subject {
  readonly hypervisor: Hypervisor;
  /** A definition with 32 MiB, one of two CPUs, a disk and an interface, that can run here. */
  domainXml(names: DomainNames): string;
  /** Waits until a guest that was started listens to its power button. */
  waitForGuest(domain: DomainNames): Promise<void>;
  /** Whether a text stands on a guest's screen. */
  screenShows(domain: DomainNames, text: string): Promise<boolean>;
  /** Pauses a domain behind the adapter's back. */
  suspendFromOutside(domain: DomainNames): Promise<void>;
  loseDaemon(): Promise<void>;
  returnDaemon(): Promise<void>;
  /** Ends a guest's process, where guests have one. */
  killGuest(domain: DomainNames): Promise<void>;
  stop(): Promise<void>;
}

/** Where the drivers differ, and rightly. */
export interface Expected {
  readonly driver: string;
  readonly statistics: readonly StatisticsGroup[];
  readonly onStart: readonly Lifecycle[];
  readonly onShutdown: readonly Lifecycle[];
  readonly onDestroy: readonly Lifecycle[];
  /** The error number for pausing, resuming or starting a domain whose state does not fit. */
  readonly wrongState: number;
  /** Whether pausing a paused domain is an error. */
  readonly refusesPausedTwice: boolean;
  /** The error numbers for a domain that is off; undefined where the driver does not mind. */
  readonly whenOff: Readonly<
    Record<'shutdown' | 'reboot' | 'destroy' | 'screenshot', number | undefined>
  >;
  /** What a console is; `unsupported` where the driver has none. */
  readonly console: 'echoes' | 'unsupported';
  /** The error number for a console of a domain without one. */
  readonly noConsole: number | undefined;
  /** Whether keys that are pressed show on the guest's screen. */
  readonly showsKeys: boolean;
  /** The error number for keys pressed while off; undefined where the driver does not mind. */
  readonly keysWhenOff: number | undefined;
  readonly hasProcesses: boolean;
  /** Whether the balloon of our little guest follows. */
  readonly hasBalloon: boolean;
  /** The interface that has counters; undefined where it has none without privileges. */
  readonly interfaceDevice: string | undefined;
}

/** Collects what happens to one domain, in order. */
export class Happenings {
  readonly #events: DomainEvent[] = [];
  #wake: (() => void) | undefined;
  readonly stop: () => void;

  constructor(hypervisor: Hypervisor, uuid: string) {
    this.stop = hypervisor.domains.onEvent((event) => {
      if (event.uuid !== uuid) return;
      this.#events.push(event);
      this.#wake?.();
    });
  }

  /** Takes so many events, waiting for those that are still to come. */
  async take(count: number, timeoutMs = 10_000): Promise<readonly Lifecycle[]> {
    const deadline = Date.now() + timeoutMs;
    while (this.#events.length < count && Date.now() < deadline) {
      await new Promise<void>((wake) => {
        this.#wake = wake;
        setTimeout(wake, deadline - Date.now());
      });
    }
    return this.#events
      .splice(0, count)
      .map(({ event, detail }) => ({ event, detail }) as Lifecycle);
  }
}
