import { createSubscriber } from 'svelte/reactivity';
import type { AppError } from '../../core/contract/app-error.ts';
import type { AppApi } from '../../core/contract/contract.ts';
import type { StanzaRecord } from '../../core/contract/stanzas.ts';
import type { BareJid } from '../../core/domain/jid.ts';
import type { Result } from '../../core/lib/result.ts';

const MOST_KEPT = 10_000;

/** The stanzas that passed, heard of only while something draws them. */
export class StanzaStore {
  readonly #api: AppApi['stanzas'];
  readonly #follow: () => void;
  #records = $state.raw<readonly StanzaRecord[]>([]);
  #loaded = $state(false);
  #error = $state.raw<AppError>();

  constructor(api: AppApi['stanzas']) {
    this.#api = api;
    this.#follow = createSubscriber(() => this.#open());
  }

  /** The oldest first. */
  get records(): readonly StanzaRecord[] {
    this.#follow();
    return this.#records;
  }

  get loaded(): boolean {
    return this.#loaded;
  }

  get error(): AppError | undefined {
    return this.#error;
  }

  async clear(): Promise<Result<undefined, AppError>> {
    const reply = await this.#api.clear();
    if (reply.ok) this.#records = [];
    return reply;
  }

  send(account: BareJid, xml: string): Promise<Result<undefined, AppError>> {
    return this.#api.send({ account, xml });
  }

  /** Gets the kept stanzas, again after a failure. */
  async load(): Promise<void> {
    const reply = await this.#api.open();
    this.#error = reply.ok ? undefined : reply.error;
    if (!reply.ok) return;
    const last = reply.value.at(-1)?.id ?? -1;
    this.#records = [...reply.value, ...this.#records.filter(({ id }) => id > last)];
    this.#loaded = true;
  }

  #open(): () => void {
    const stop = this.#api.added((added) => {
      this.#records = [...this.#records, ...added].slice(-MOST_KEPT);
    });
    void this.load();
    return () => {
      stop();
      this.#loaded = false;
      this.#records = [];
      void this.#api.close();
    };
  }
}
