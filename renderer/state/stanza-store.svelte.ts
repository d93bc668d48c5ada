import { createSubscriber } from 'svelte/reactivity';
import type { AppError } from '../../core/contract/app-error.ts';
import type { AppApi } from '../../core/contract/contract.ts';
import type { StanzaRecord } from '../../core/contract/stanzas.ts';
import type { BareJid } from '../../core/domain/jid.ts';
import type { Result } from '../../core/lib/result.ts';

const MOST_KEPT = 100_000;
/** Characters of all stanzas together. */
const MOST_TEXT = 64 * 1024 * 1024;
const BLOCK = 5000;
/** From so many on, new ones are drawn only every so often, milliseconds. */
const MANY = 2000;
const PAUSE_MS = 100;

/** The stanzas that passed, heard of only while something draws them. */
export class StanzaStore {
  readonly #api: AppApi['stanzas'];
  readonly #follow: () => void;
  #records = $state.raw<readonly StanzaRecord[]>([]);
  #loaded = $state(false);
  #error = $state.raw<AppError>();
  #coming: readonly StanzaRecord[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Each begins a new reading; an older one stops. */
  #reading = 0;

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
    if (reply.ok) this.#forget();
    return reply;
  }

  send(account: BareJid, xml: string): Promise<Result<undefined, AppError>> {
    return this.#api.send({ account, xml });
  }

  /** Gets the newest of the kept stanzas, then page by page those before; again after a failure. */
  async load(): Promise<void> {
    const reading = (this.#reading += 1);
    const reply = await this.#api.open();
    if (reading !== this.#reading) return;
    this.#error = reply.ok ? undefined : reply.error;
    if (!reply.ok) return;
    const last = reply.value.at(-1)?.id ?? -1;
    this.#records = [...reply.value, ...this.#records.filter(({ id }) => id > last)];
    this.#loaded = true;
    await this.#readEarlier(reading);
  }

  async #readEarlier(reading: number): Promise<void> {
    for (let first = this.#records[0]; first; first = this.#records[0]) {
      const reply = await this.#api.earlier({ before: first.id });
      // Meanwhile the panel may be gone, or the list may have been cleared or shortened.
      if (!reply.ok || reading !== this.#reading || this.#records[0] !== first) return;
      if (reply.value.length === 0) return;
      this.#records = shortened([...reply.value, ...this.#records]);
    }
  }

  #receive(added: readonly StanzaRecord[]): void {
    this.#coming = [...this.#coming, ...added];
    if (this.#records.length < MANY) this.#flush();
    else this.#timer ??= setTimeout(() => this.#flush(), PAUSE_MS);
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#records = shortened([...this.#records, ...this.#coming]);
    this.#coming = [];
  }

  #forget(): void {
    this.#reading += 1;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#coming = [];
    this.#records = [];
  }

  #open(): () => void {
    const stop = this.#api.added((added) => this.#receive(added));
    void this.load();
    return () => {
      stop();
      this.#loaded = false;
      this.#forget();
      void this.#api.close();
    };
  }
}

/** The newest of them, once there are too many, or too much text. */
function shortened(records: readonly StanzaRecord[]): readonly StanzaRecord[] {
  let left = MOST_TEXT;
  const tooOld = records.findLastIndex(({ xml }) => (left -= xml.length) < 0);
  const tooMany = records.length - MOST_KEPT;
  // Cut in blocks, so that not every one that comes moves all others.
  const cut = tooMany > BLOCK ? tooMany : 0;
  return records.slice(Math.max(cut, tooOld < 0 ? 0 : tooOld + 1));
}
