import type { AppError } from '../../core/contract/app-error.ts';
import type { AppApi } from '../../core/contract/contract.ts';
import type { Failure } from '../../core/contract/explanation.ts';
import type { Notice } from '../../core/contract/notices.ts';

/** Something told for a moment in the corner of the window. */
export interface Toast {
  readonly id: string;
  readonly level: Notice['level'];
  readonly title: string;
  readonly hint?: string | undefined;
  readonly run?: string | undefined;
  /** What can be explained of it. */
  readonly failure?: Failure | undefined;
}

export type DescribeError = (error: AppError) => { readonly title: string; readonly hint: string };

const SHOWN_MS = 8000;
const MOST_SHOWN = 3;

/** The history of notices, which main keeps, and those of them that are shown for a moment. */
export class NoticeStore {
  readonly #api: AppApi['notices'];
  readonly #describe: () => DescribeError;
  #history = $state.raw<readonly Notice[]>([]);
  #toasts = $state.raw<readonly Toast[]>([]);
  #seenUpTo = $state(0);
  #count = 0;

  readonly #new = $derived(this.#history.filter(({ id }) => id > this.#seenUpTo));
  readonly unseen = $derived(this.#new.length);
  /** Something unseen went wrong. */
  readonly hasUnseenFault = $derived(this.#new.some(({ level }) => level === 'error'));

  constructor(api: AppApi['notices'], describe: () => DescribeError) {
    this.#api = api;
    this.#describe = describe;
  }

  /** The newest first. */
  get history(): readonly Notice[] {
    return this.#history;
  }

  get toasts(): readonly Toast[] {
    return this.#toasts;
  }

  start(): () => void {
    const stop = this.#api.added((notice) => this.#receive(notice));
    void this.#load();
    return stop;
  }

  /** Shows what went wrong with something that this window asked for. */
  fail(error: AppError): void {
    if (error.code === 'cancelled') return;
    const failure = { error, at: Date.now() };
    this.say({ level: 'error', ...this.#describe()(error), failure });
  }

  say(said: Omit<Toast, 'id'>): void {
    const id = `t${(this.#count += 1)}`;
    this.#toasts = [...this.#toasts, { ...said, id }].slice(-MOST_SHOWN);
    setTimeout(() => this.dismiss(id), SHOWN_MS);
  }

  dismiss(id: string): void {
    this.#toasts = this.#toasts.filter((toast) => toast.id !== id);
  }

  /** The user has the history before them. */
  markSeen(): void {
    this.#seenUpTo = Math.max(this.#seenUpTo, ...this.#history.map(({ id }) => id));
  }

  async clear(): Promise<void> {
    const reply = await this.#api.clear();
    if (reply.ok) this.#history = [];
    else this.fail(reply.error);
  }

  #receive(notice: Notice): void {
    this.#history = [notice, ...this.#history];
    if (notice.level !== 'info') this.say({ ...notice, failure: failureOf(notice) });
  }

  async #load(): Promise<void> {
    const reply = await this.#api.list();
    if (!reply.ok) return;
    const known = new Set(this.#history.map(({ id }) => id));
    const older = reply.value.filter(({ id }) => !known.has(id));
    this.#history = [...this.#history, ...older].sort((a, b) => b.id - a.id);
    this.markSeen();
  }
}

/** What can be explained of a notice; nothing where none of it is an error. */
export function failureOf({ error, entity, at, run }: Notice): Failure | undefined {
  return error && { error, entity, at, run };
}
