import { localDateTimeOf } from '../../core/protocol/local-date-time.ts';
import { writePush, type PushTopic, type WrittenChange } from '../../core/protocol/push.ts';
import type { Pubsub } from '../../node/xmpp/pubsub.ts';
import type { Logger } from '../log/logger.ts';
import { describeRefusal } from './describe-failure.ts';

/** The most changes that wait for the link; the oldest go first. */
const MOST_WAITING = 100;

export interface PushDeskParts {
  readonly pubsub: Pick<Pubsub, 'publish'>;
  /** The events node of the entity. */
  readonly node: string;
  readonly logger: Logger;
  readonly now: () => Date;
}

/**
 * Tells the subscribers of an events node what changed. What is lost with the link is told when it
 * goes on, each change once: who was online all the time would not ask again otherwise.
 */
export class PushDesk {
  readonly #parts: PushDeskParts;
  readonly #waiting = new Map<string, () => void>();

  constructor(parts: PushDeskParts) {
    this.#parts = parts;
  }

  tell<T extends PushTopic>(topic: T, change: WrittenChange<T>): void {
    const { pubsub, node, logger, now } = this.#parts;
    const payload = writePush(topic, change, localDateTimeOf(now()));
    void pubsub.publish(node, payload).then((published) => {
      if (published.ok) return;
      const why = describeRefusal(published.error);
      logger.warning(`PUBSUB could not push ${topic} ${change}: ${why}`);
      // What the service itself refuses, it refuses again.
      if (published.error.code === 'stanza-error') return;
      this.#keep(`${topic} ${change}`, () => this.tell(topic, change));
    });
  }

  /** The link is there again, and the node with it. */
  catchUp(): void {
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const tell of waiting) tell();
  }

  #keep(change: string, tell: () => void): void {
    this.#waiting.delete(change);
    this.#waiting.set(change, tell);
    const [oldest] = this.#waiting.keys();
    if (this.#waiting.size > MOST_WAITING && oldest !== undefined) this.#waiting.delete(oldest);
  }
}
