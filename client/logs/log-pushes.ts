import type { AppError } from '../../core/contract/app-error.ts';
import { entityId, type Entity, type EntityId } from '../../core/domain/entity.ts';
import type { BareJid } from '../../core/domain/jid.ts';
import type { Result } from '../../core/lib/result.ts';
import type { Action } from '../../core/protocol/define-action.ts';
import type { LogLines } from '../../core/protocol/log-lines.ts';
import { log, LOG_NAMESPACE } from '../../core/protocol/log.ts';
import type { Clock } from '../../node/xmpp/clock.ts';
import type { AskOptions } from '../requests/request-engine.ts';

/** What is told of the lines that an agent sends by itself. */
export interface LogPushListener {
  /** Lines come from now on; what was before is to be asked for. */
  began(): void;
  lines(lines: LogLines): void;
  /** None come: the agent is gone, refused, or does not offer it. */
  ended(): void;
  /** Whether anybody looks: the lease is not renewed for a hidden window. */
  isWatched(): boolean;
}

interface LogLink {
  ask<Request, Reply>(
    action: Action<Request, Reply, 'get'>,
    jid: BareJid,
    input: Request,
    options: AskOptions,
  ): Promise<Result<Reply, AppError>>;
}

export interface LogPushesDependencies {
  readonly clock: Clock;
  readonly link: (account: BareJid) => LogLink | undefined;
  readonly find: (id: EntityId) => Entity | undefined;
}

const LEASE_S = 120;
/** Well within the lease. */
const RENEW_MS = 90_000;
/** How often it is looked whether a hidden window is seen again. */
const LOOK_MS = 5000;
const OPTIONS: AskOptions = { cause: 'query', priority: 'visible' };

interface Followed {
  readonly listeners: Set<LogPushListener>;
  /** `none`: nothing comes, and nothing was asked for since the agent was heard of. */
  state: 'none' | 'asked' | 'coming' | 'refused';
  cancel: (() => void) | undefined;
}

/** The agents whose logs somebody looks at: each is subscribed to once, for as long as that is so. */
export class LogPushes {
  readonly #own: LogPushesDependencies;
  readonly #followed = new Map<EntityId, Followed>();

  constructor(dependencies: LogPushesDependencies) {
    this.#own = dependencies;
  }

  /** Follows the log of a hypervisor's agent until the returned function is called. */
  follow(id: EntityId, listener: LogPushListener): () => void {
    const followed = this.#followed.get(id) ?? {
      listeners: new Set(),
      state: 'none',
      cancel: undefined,
    };
    this.#followed.set(id, followed);
    followed.listeners.add(listener);
    if (followed.state === 'coming') listener.began();
    else if (followed.state === 'refused') listener.ended();
    else if (followed.state === 'none') this.#begin(id, followed);
    return () => this.#leave(id, followed, listener);
  }

  /** An agent came, went, or said what it offers. */
  entityChanged(account: BareJid, jid: BareJid, isNew: boolean): void {
    const id = entityId(account, jid);
    const followed = this.#followed.get(id);
    if (!followed) return;
    if (isNew) this.#end(followed);
    if (followed.state === 'none') this.#begin(id, followed);
  }

  /** The stream is gone, and with it what was subscribed over it. */
  accountOffline(account: BareJid): void {
    for (const [id, followed] of this.#followed) {
      if (this.#own.find(id)?.account === account) this.#end(followed);
    }
  }

  /** Lines that an entity sent; of those that were not asked for nothing is believed. */
  received(account: BareJid, from: BareJid, lines: LogLines): void {
    const followed = this.#followed.get(entityId(account, from));
    if (followed?.state !== 'coming') return;
    for (const listener of followed.listeners) listener.lines(lines);
  }

  #begin(id: EntityId, followed: Followed): void {
    const entity = this.#own.find(id);
    if (!entity || !offersLog(entity)) {
      for (const listener of followed.listeners) listener.ended();
      return;
    }
    followed.state = 'asked';
    void this.#subscribe(entity, followed);
  }

  async #subscribe({ account, id, jid }: Entity, followed: Followed): Promise<void> {
    const link = this.#own.link(account);
    const reply = await link?.ask(log.subscribe, jid, { leaseSeconds: LEASE_S }, OPTIONS);
    // Left, or the agent came anew, while it was asked.
    if (this.#followed.get(id) !== followed || followed.state === 'none') return;
    if (!reply?.ok) {
      followed.state = reply ? 'refused' : 'none';
      for (const listener of followed.listeners) listener.ended();
      return;
    }
    const isFirst = followed.state !== 'coming';
    followed.state = 'coming';
    this.#later(id, followed, RENEW_MS);
    if (isFirst) for (const listener of followed.listeners) listener.began();
  }

  /** Renews the lease while somebody looks; who looks again later is told what was missed. */
  #later(id: EntityId, followed: Followed, delayMs: number): void {
    followed.cancel?.();
    followed.cancel = this.#own.clock.after(delayMs, () => {
      const entity = this.#own.find(id);
      if (!entity || followed.state !== 'coming') return;
      if ([...followed.listeners].some((one) => one.isWatched())) {
        // The lease has run out meanwhile: it begins as if for the first time.
        if (delayMs === LOOK_MS) followed.state = 'asked';
        void this.#subscribe(entity, followed);
      } else this.#later(id, followed, LOOK_MS);
    });
  }

  #end(followed: Followed): void {
    followed.cancel?.();
    const wasComing = followed.state === 'coming';
    followed.state = 'none';
    if (wasComing) for (const listener of followed.listeners) listener.ended();
  }

  #leave(id: EntityId, followed: Followed, listener: LogPushListener): void {
    followed.listeners.delete(listener);
    if (followed.listeners.size > 0 || this.#followed.get(id) !== followed) return;
    this.#followed.delete(id);
    followed.cancel?.();
    const entity = this.#own.find(id);
    if (!entity || (followed.state !== 'coming' && followed.state !== 'asked')) return;
    void this.#own.link(entity.account)?.ask(log.unsubscribe, entity.jid, {}, OPTIONS);
  }
}

function offersLog({ agent, kind, resource }: Entity): boolean {
  if (kind !== 'hypervisor' || resource === undefined) return false;
  return agent?.features.includes(LOG_NAMESPACE) === true;
}
