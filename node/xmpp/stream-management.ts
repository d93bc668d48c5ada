import type { StreamFeatures } from '@xmpp/stream-features';
import type { Middleware } from '@xmpp/middleware';
import { xml } from '@xmpp/client';
import manage, { type StreamManagement } from '@xmpp/stream-management';
import type { LtxElement } from './elements.ts';
import type { LinkEntity } from './link-entity.ts';
import { NS } from './namespaces.ts';

/** What a new link needs to know of an old one in order to resume it (XEP-0198 §5). */
export interface Resumption {
  readonly id: string;
  readonly fullJid: string;
  readonly inbound: number;
  readonly outbound: number;
  readonly unacknowledged: readonly Unacknowledged[];
}

interface Unacknowledged {
  readonly stanza: LtxElement;
  readonly stamp: string;
}

/** The library's object, with what its published types leave out. */
interface Library extends StreamManagement {
  timeout: number;
  requestAckInterval: number;
  outbound_q: Unacknowledged[];
  on(name: 'resumed', listener: () => void): void;
}

/** The library's stream management on one link: counts, acknowledges, and resumes an earlier link. */
export class LinkManagement {
  readonly #library: Library;
  readonly #entity: LinkEntity;
  readonly #earlier: Resumption | undefined;
  #isResumed = false;

  constructor(
    entity: LinkEntity,
    parts: { middleware: Middleware<LinkEntity>; streamFeatures: StreamFeatures<LinkEntity> },
    earlier: Resumption | undefined,
  ) {
    this.#entity = entity;
    this.#earlier = earlier;
    this.#library = manage({ entity, ...parts }) as Library;
    // The session checks idle links itself, with a clock that tests can steer.
    this.#library.timeout = 0;
    this.#library.requestAckInterval = 0;
    if (earlier !== undefined) this.#adopt(earlier);
    this.#library.on('resumed', () => (this.#isResumed = true));
  }

  #adopt(earlier: Resumption): void {
    this.#library.id = earlier.id;
    this.#library.inbound = earlier.inbound;
    this.#library.outbound = earlier.outbound;
    this.#library.outbound_q = [...earlier.unacknowledged];
  }

  /** The full JID that was taken up again; undefined when the link is a new one. */
  get resumedJid(): string | undefined {
    return this.#isResumed ? this.#earlier?.fullJid : undefined;
  }

  get level(): 'off' | 'acknowledged' | 'resumable' {
    if (!this.#library.enabled) return 'off';
    return this.#library.id ? 'resumable' : 'acknowledged';
  }

  /** Counts a stanza that came but was not passed on, as the server counts it. */
  countRefused(): void {
    this.#library.inbound += 1;
  }

  /** Asks the server how much it has received; any answer proves that the link is alive. */
  ask(): void {
    void this.#entity.send(xml('r', { xmlns: NS.streamManagement }));
  }

  /** What a later link needs in order to resume this one; undefined when it cannot be. */
  resumption(fullJid: string): Resumption | undefined {
    const { id, inbound, outbound, outbound_q: unacknowledged } = this.#library;
    if (!id) return undefined;
    return { id, fullJid, inbound, outbound, unacknowledged };
  }
}
