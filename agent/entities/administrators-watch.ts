import { readAdminAccount } from '../../core/protocol/admin-account.ts';
import { ADMINS_NODE } from '../../core/protocol/pubsub-nodes.ts';
import type { BareJid } from '../../core/domain/jid.ts';
import type { ElementReader } from '../../core/xml/element.ts';
import type { PubsubItem } from '../../node/xmpp/pubsub.ts';
import { readPubsubEvent, type PubsubEvent } from '../../node/xmpp/pubsub-events.ts';
import type { Session } from '../../node/xmpp/session-types.ts';
import type { Administrators } from './administrators.ts';
import type { AgentEntity } from './agent-entity.ts';
import { describeRefusal } from './describe-failure.ts';

const RETRY_MS = 60_000;

/** Keeps the administrators equal to those of the platform's node. */
export class AdministratorsWatch {
  readonly #administrators: Administrators;
  readonly #entity: AgentEntity;
  #retry: NodeJS.Timeout | undefined;

  constructor(session: Session, entity: AgentEntity, administrators: Administrators) {
    this.#administrators = administrators;
    this.#entity = entity;
    session.on('message', (message) => this.#hear(message));
  }

  /** Reads the whole node; to be called each time the entity has come online. */
  async load(): Promise<void> {
    if (!this.#entity.isOnline) return;
    const { pubsub, logger } = this.#entity;
    const subscribed = await pubsub.subscribe(ADMINS_NODE);
    const items = await pubsub.items(ADMINS_NODE);
    if (items.ok) this.#administrators.replace(new Map(items.value.items.flatMap(accountIn)));
    const failed = [subscribed, items].find((one) => !one.ok);
    if (failed?.ok !== false) return;
    const why = describeRefusal(failed.error);
    logger.warning(`PUBSUB ${ADMINS_NODE} cannot be read, so only configured ones count: ${why}`);
    // An administrator may yet create it; it must not take a restart of the agent to be seen.
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => void this.load(), RETRY_MS).unref();
  }

  #hear(message: ElementReader): void {
    const event = readPubsubEvent(message);
    // Anybody can send a message that looks like an event; only the service makes administrators.
    if (event?.node !== ADMINS_NODE || event.from !== this.#entity.pubsub.service) return;
    this.#follow(event);
  }

  #follow({ change, published, retracted }: PubsubEvent): void {
    if (change === 'purged' || change === 'deleted') this.#administrators.replace(new Map());
    if (change !== 'items') return;
    for (const item of published) {
      for (const [id, user] of accountIn(item)) this.#administrators.publish(id, user);
    }
    for (const id of retracted) this.#administrators.retract(id);
  }
}

function accountIn({ id, payload }: PubsubItem): readonly [string, BareJid][] {
  const user = payload && readAdminAccount(payload);
  return user?.ok ? [[id, user.value]] : [];
}
