import type { EntityId } from '../../../core/domain/entity.ts';
import {
  USERS_PAGE_SIZE,
  xmppUserQuestions,
  type XmppUser,
} from '../../../core/protocol/xmpp-users.ts';
import type { QueryStore, WatchedQuery } from '../../state/query-store.svelte.ts';

type PageQuery = WatchedQuery<readonly XmppUser[]>;

/** How long a place has to be looked at before it is asked for, milliseconds. */
const REST_MS = 120;

/** Which pages hold these rows; `end` is one past the last. */
export function pagesOf(start: number, end: number): readonly number[] {
  const first = Math.floor(start / USERS_PAGE_SIZE);
  const last = Math.floor(Math.max(start, end - 1) / USERS_PAGE_SIZE);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** The pages of a long list of users, of which only those are asked for that somebody rests at. */
export class UserPages {
  readonly #queries: QueryStore;
  readonly #entity: EntityId;
  readonly #humansOnly: boolean;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #wanted = $state.raw<readonly number[]>([0]);
  readonly #open = $derived(new Map(this.#wanted.map((page) => [page, this.#watch(page)])));

  constructor(queries: QueryStore, entity: EntityId, humansOnly: boolean) {
    this.#queries = queries;
    this.#entity = entity;
    this.#humansOnly = humansOnly;
  }

  /** The page in sight that says how it stands with the list. */
  get first(): PageQuery | undefined {
    return [...this.#open.values()][0];
  }

  /** A row, where its page is there. */
  row(index: number): XmppUser | undefined {
    const page = this.#open.get(Math.floor(index / USERS_PAGE_SIZE));
    return page?.value?.[index % USERS_PAGE_SIZE];
  }

  /** These rows are in sight; what is only scrolled past is not asked for. */
  show(start: number, end: number): void {
    clearTimeout(this.#timer);
    const pages = pagesOf(start, end);
    if (pages.join() === this.#wanted.join()) return;
    this.#timer = setTimeout(() => (this.#wanted = pages), REST_MS);
  }

  /** Asks for all that is in sight anew. */
  refresh(): void {
    for (const page of this.#open.values()) page.refresh();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #watch(page: number): PageQuery {
    const input = { page, humansOnly: this.#humansOnly };
    return this.#queries.watch(xmppUserQuestions.list, this.#entity, input);
  }
}
