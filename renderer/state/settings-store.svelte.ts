import type { AppApi } from '../../core/contract/contract.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../core/contract/settings.ts';
import type { NoticeStore } from './notice-store.svelte.ts';

/** This window's mirror of the settings. */
export class SettingsStore {
  readonly #api: AppApi['settings'];
  #current = $state.raw<Settings>(DEFAULT_SETTINGS);
  #loaded = $state(false);

  constructor(api: AppApi['settings']) {
    this.#api = api;
  }

  get current(): Settings {
    return this.#current;
  }

  get loaded(): boolean {
    return this.#loaded;
  }

  start(): () => void {
    const stop = this.#api.changed((settings) => (this.#current = settings));
    void this.#load();
    return stop;
  }

  async change(changes: Partial<Settings>, notices: Pick<NoticeStore, 'fail'>): Promise<void> {
    const reply = await this.#api.change(changes);
    if (reply.ok) this.#current = reply.value;
    else notices.fail(reply.error);
  }

  async #load(): Promise<void> {
    const reply = await this.#api.get();
    if (reply.ok) this.#current = reply.value;
    this.#loaded = true;
  }
}
