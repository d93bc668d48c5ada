import type { Notice } from '../../core/contract/notices.ts';
import type { Clock } from '../../node/xmpp/clock.ts';

const HISTORY = 500;

/** The notices of this run of the application, the oldest dropped first. */
export class NoticeBoard {
  readonly #clock: Clock;
  readonly #added: (notice: Notice) => void;
  #notices: readonly Notice[] = [];
  #lastId = 0;

  constructor(clock: Clock, added: (notice: Notice) => void) {
    this.#clock = clock;
    this.#added = added;
  }

  add(notice: Omit<Notice, 'id' | 'at'>): void {
    const added: Notice = { ...notice, id: ++this.#lastId, at: this.#clock.now() };
    this.#notices = [...this.#notices.slice(1 - HISTORY), added];
    this.#added(added);
  }

  list(): readonly Notice[] {
    return this.#notices;
  }

  clear(): void {
    this.#notices = [];
  }
}
