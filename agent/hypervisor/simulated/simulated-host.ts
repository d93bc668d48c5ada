import type { Clock } from '../../../node/xmpp/clock.ts';
import type { DomainEvent } from '../domain-event.ts';

/** What a domain needs of the host it is on. */
export interface SimulatedHost {
  readonly clock: Clock;
  /** Whether screens of guests listen on ports of this machine. */
  readonly servesScreens: boolean;
  /** The id of the next guest to start. */
  nextId(): number;
  /** The name on the host of the next interface that wants one. */
  nextDevice(): string;
  emit(event: DomainEvent): void;
  /** Called when a domain without a definition has stopped. */
  forget(uuid: string): void;
}
