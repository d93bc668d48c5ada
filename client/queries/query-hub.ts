import type { AppError } from '../../core/contract/app-error.ts';
import type { Query, QueryState } from '../../core/contract/queries.ts';
import type { EntityId, EntityKind } from '../../core/domain/entity.ts';
import { parseJid, type BareJid } from '../../core/domain/jid.ts';
import { err, ok, type Result } from '../../core/lib/result.ts';
import type { Action } from '../../core/protocol/define-action.ts';
import type { Push } from '../../core/protocol/push.ts';
import { readRequest, writeRequest } from '../../core/protocol/request.ts';
import { readerOf } from '../../core/xml/reader.ts';
import type { Clock } from '../../node/xmpp/clock.ts';
import type { AskOptions } from '../requests/request-engine.ts';
import {
  findQuestion,
  freshForMs,
  isKeptFresh,
  isOutdatedBy,
  pollPeriodMs,
} from './query-rules.ts';
import { SharedQuery } from './shared-query.ts';

/** Answers that nobody looks at any more and that are kept for the next look. */
const KEPT = 500;

type GetAction = Action<unknown, unknown, 'get'>;

/** What queries need of the account they go through. */
export interface QueryLink {
  ask(
    action: GetAction,
    jid: BareJid,
    input: unknown,
    options: AskOptions,
  ): Promise<Result<unknown, AppError>>;
  /** Whether the agent is one of ours, which pushes what it can. */
  isOurs(jid: BareJid): Promise<boolean>;
  /** What an entity is, as far as it is known. */
  kindOf(jid: BareJid): EntityKind | undefined;
  /** Whether pushes of an entity are heard. */
  hear(jid: BareJid): Promise<boolean>;
  /** Somebody looks at an entity. */
  look(jid: BareJid): void;
}

export interface QueryHubDependencies {
  readonly clock: Clock;
  readonly link: (account: BareJid) => QueryLink | undefined;
  readonly announce: (windowId: number, key: string, state: QueryState) => void;
}

interface Place {
  readonly account: BareJid;
  readonly jid: BareJid;
}

interface Held extends Place {
  readonly action: GetAction;
  readonly query: SharedQuery;
  readonly panels: Map<string, Panel>;
}

interface Panel {
  readonly windowId: number;
  readonly key: string;
}

/** The questions that panels keep open; the same question of several panels is one. */
export class QueryHub {
  readonly #own: QueryHubDependencies;
  readonly #held = new Map<string, Held>();
  readonly #panels = new Map<string, Held>();
  readonly #hidden = new Set<number>();

  constructor(dependencies: QueryHubDependencies) {
    this.#own = dependencies;
  }

  open(windowId: number, key: string, query: Query): Result<undefined, AppError> {
    const place = placeOf(query.entity);
    const action = findQuestion(query.namespace, query.action);
    if (!place || !action) return err({ code: 'not-found', what: query.action });
    // What a window gives is written and read as on the wire, so that only true inputs get there.
    const input = readRequest(action, readerOf(writeRequest(action, query.input)));
    if (!input.ok) return err({ code: 'invalid-input', detail: input.error.path });
    this.close(windowId, key);
    const held = this.#hold(place, action, input.value);
    const panel = { windowId, key };
    held.panels.set(panelKey(panel), panel);
    this.#panels.set(panelKey(panel), held);
    this.#own.announce(windowId, key, held.query.state);
    this.#own.link(place.account)?.look(place.jid);
    held.query.opened();
    this.#showHide(held);
    return ok(undefined);
  }

  /** The answer to a question that nobody keeps open: what pushes keep right, or else asked for now. */
  answer(entity: EntityId, action: GetAction, input: unknown): Promise<Result<unknown, AppError>> {
    const place = placeOf(entity);
    if (!place) return Promise.resolve(err({ code: 'not-found', what: entity }));
    const { query } = this.#hold(place, action, input);
    this.#dropOldest();
    return query.answer();
  }

  refresh(windowId: number, key: string): Result<undefined, AppError> {
    const held = this.#panels.get(panelKey({ windowId, key }));
    if (!held) return err({ code: 'not-found', what: key });
    held.query.refresh('query');
    return ok(undefined);
  }

  close(windowId: number, key: string): void {
    const name = panelKey({ windowId, key });
    const held = this.#panels.get(name);
    if (!held) return;
    this.#panels.delete(name);
    held.panels.delete(name);
    this.#showHide(held);
    this.#dropOldest();
  }

  windowClosed(windowId: number): void {
    for (const held of [...this.#panels.values()]) {
      for (const panel of [...held.panels.values()]) {
        if (panel.windowId === windowId) this.close(windowId, panel.key);
      }
    }
    this.#hidden.delete(windowId);
  }

  windowShown(windowId: number, isVisible: boolean): void {
    if (isVisible) this.#hidden.delete(windowId);
    else this.#hidden.add(windowId);
    for (const held of this.#held.values()) this.#showHide(held);
  }

  /** Asks again what a push makes outdated, of the pushing entity alone. */
  pushed(account: BareJid, push: Push): void {
    for (const held of this.#of(account, push.owner)) {
      if (!isOutdatedBy(held.action, push)) continue;
      held.query.outdate('push', held.panels.size > 0);
    }
  }

  /** An entity has come online, has libvirt again, or its permissions changed: answers may be others now. */
  entityOnline(account: BareJid, jid: BareJid): void {
    for (const held of this.#of(account, jid)) held.query.outdate('query', held.panels.size > 0);
  }

  entityOffline(account: BareJid, jid: BareJid, error: AppError): void {
    for (const held of this.#of(account, jid)) held.query.lost(error);
  }

  accountOffline(account: BareJid, error: AppError): void {
    for (const held of this.#held.values()) {
      if (held.account === account) held.query.lost(error);
    }
  }

  /** Forgets the answers of an account that was removed. */
  forgetAccount(account: BareJid): void {
    for (const [name, held] of this.#held) {
      if (held.account === account && held.panels.size === 0) this.#held.delete(name);
    }
  }

  #of(account: BareJid, jid: BareJid): readonly Held[] {
    return [...this.#held.values()].filter((one) => one.account === account && one.jid === jid);
  }

  #hold(place: Place, action: GetAction, input: unknown): Held {
    const parts = [place.account, place.jid, action.namespace, action.name];
    const name = [...parts, JSON.stringify(input)].join(' ');
    const known = this.#held.get(name);
    // Put last again: the longest unused is dropped first.
    if (known) this.#held.delete(name);
    const held = known ?? this.#make(place, action, input);
    this.#held.set(name, held);
    return held;
  }

  #make(place: Place, action: GetAction, input: unknown): Held {
    const panels = new Map<string, Panel>();
    const { account, jid } = place;
    const link = () => this.#own.link(account);
    const isOurs = async () => (await link()?.isOurs(jid)) ?? false;
    const query = new SharedQuery({
      clock: this.#own.clock,
      changed: (state) => {
        for (const { windowId, key } of panels.values()) this.#own.announce(windowId, key, state);
      },
      ask: (cause) => {
        const through = link();
        if (!through) return Promise.resolve(err({ code: 'not-connected', jid: account }));
        void through.hear(jid);
        return through.ask(action, jid, input, { cause, priority: 'visible' });
      },
      pollPeriodMs: async () => ((await isOurs()) ? undefined : pollPeriodMs(action)),
      freshForMs: async () => freshForMs(action, await isOurs()),
      isKeptFresh: async () => {
        const kind = link()?.kindOf(jid);
        return isKeptFresh(action, await isOurs(), kind) && ((await link()?.hear(jid)) ?? false);
      },
    });
    return { ...place, action, query, panels };
  }

  #showHide(held: Held): void {
    const isVisible = [...held.panels.values()].some((one) => !this.#hidden.has(one.windowId));
    held.query.setVisible(isVisible);
  }

  #dropOldest(): void {
    const unused = [...this.#held].filter(([, { panels }]) => panels.size === 0);
    for (const [name] of unused.slice(0, Math.max(0, unused.length - KEPT))) {
      this.#held.delete(name);
    }
  }
}

function panelKey({ windowId, key }: Panel): string {
  return `${windowId} ${key}`;
}

/** The account and the contact in an entity's id. */
export function placeOf(id: EntityId): Place | undefined {
  const [account = '', contact = ''] = id.split('>');
  const [owner, jid] = [parseJid(account), parseJid(contact)];
  return owner && jid ? { account: owner.bare, jid: jid.bare } : undefined;
}
