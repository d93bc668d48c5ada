import { createSubscriber } from 'svelte/reactivity';
import type { AppApi } from '../../core/contract/contract.ts';
import type { Query, QueryState } from '../../core/contract/queries.ts';
import type { EntityId } from '../../core/domain/entity.ts';
import type { Action, ReplyOf, RequestOf } from '../../core/protocol/define-action.ts';

/** A question that stays open for as long as what it answers is drawn somewhere. */
export class WatchedQuery<T> {
  /** Whom is asked. */
  readonly entity: EntityId;
  readonly #follow: () => void;
  readonly #refresh: () => void;
  #state = $state.raw<QueryState<T>>({ name: 'loading' });

  constructor(entity: EntityId, open: (query: WatchedQuery<T>) => () => void, refresh: () => void) {
    this.entity = entity;
    this.#follow = createSubscriber(() => open(this));
    this.#refresh = refresh;
  }

  get state(): QueryState<T> {
    this.#follow();
    return this.#state;
  }

  /** What was last answered, also when it is old. */
  get value(): T | undefined {
    const { state } = this;
    return state.name === 'ready' || state.name === 'stale' ? state.value : undefined;
  }

  /** Asks again now. */
  refresh(): void {
    this.#refresh();
  }

  /** Takes what main says of it. */
  receive(state: QueryState<T>): void {
    this.#state = state;
  }
}

/** The questions this window keeps open; panels that ask the same share one. */
export class QueryStore {
  readonly #api: AppApi['queries'];
  readonly #byText = new Map<string, WatchedQuery<unknown>>();
  readonly #byKey = new Map<string, WatchedQuery<unknown>>();
  #count = 0;

  constructor(api: AppApi['queries']) {
    this.#api = api;
  }

  /** The answer of an action of kind `get`, kept fresh while it is read by something that is drawn. */
  watch<A extends Pick<Action, 'namespace' | 'name'>>(
    action: A,
    entity: EntityId,
    input: RequestOf<A> & Query['input'],
  ): WatchedQuery<ReplyOf<A>> {
    const query: Query = { entity, namespace: action.namespace, action: action.name, input };
    const text = JSON.stringify(query);
    const known = this.#byText.get(text);
    // What main answers is typed by the action: nothing is parsed on this side.
    if (known) return known as WatchedQuery<ReplyOf<A>>;
    const made = this.#make<ReplyOf<A>>(query, text);
    this.#byText.set(text, made);
    return made;
  }

  start(): () => void {
    return this.#api.changed(({ key, state }) => this.#byKey.get(key)?.receive(state));
  }

  #make<T>(query: Query, text: string): WatchedQuery<T> {
    const key = `q${(this.#count += 1)}`;
    const open = (made: WatchedQuery<T>): (() => void) => {
      this.#byText.set(text, made);
      this.#byKey.set(key, made);
      void this.#open(key, query, made);
      return () => this.#close(key, text);
    };
    return new WatchedQuery<T>(query.entity, open, () => void this.#api.refresh({ key }));
  }

  async #open<T>(key: string, query: Query, made: WatchedQuery<T>): Promise<void> {
    const reply = await this.#api.open({ key, query });
    if (!reply.ok) made.receive({ name: 'failed', error: reply.error });
  }

  #close(key: string, text: string): void {
    this.#byKey.delete(key);
    this.#byText.delete(text);
    void this.#api.close({ key });
  }
}
