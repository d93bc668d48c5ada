import type { AppApi } from '../../core/contract/contract.ts';
import type { LogState } from '../../core/contract/logs.ts';
import type { EntityId } from '../../core/domain/entity.ts';

/** Begins the name of every log, so that its port is known from a console's. */
export const LOG_KEY = 'log-';

/** What a panel hears of its log. */
export interface LogListener {
  changed(state: LogState): void;
  /** The port through which the lines come. */
  connected(port: MessagePort): void;
}

/** The logs that this window has open. */
export class LogStore {
  readonly #api: AppApi['logs'];
  readonly #listeners = new Map<string, LogListener>();
  #count = 0;

  constructor(api: AppApi['logs']) {
    this.#api = api;
  }

  start(): () => void {
    return this.#api.changed(({ key, state }) => this.#listeners.get(key)?.changed(state));
  }

  /** Takes the port of a log; one that was closed meanwhile needs none. */
  receive(key: string, port: MessagePort): void {
    const listener = this.#listeners.get(key);
    if (listener) listener.connected(port);
    else port.close();
  }

  /** Opens the logs of hypervisors. Returns the name under which the rest is asked. */
  open(entities: readonly EntityId[], listener: LogListener): string {
    const key = `${LOG_KEY}${(this.#count += 1)}`;
    this.#listeners.set(key, listener);
    void this.#open(key, entities, listener);
    return key;
  }

  close(key: string): void {
    this.#listeners.delete(key);
    void this.#api.close({ key });
  }

  askNow(key: string): void {
    void this.#api.askNow({ key });
  }

  save(key: string, which: 'shown' | 'all', name: string): ReturnType<AppApi['logs']['save']> {
    return this.#api.save({ key, which, name });
  }

  async #open(key: string, entities: readonly EntityId[], listener: LogListener): Promise<void> {
    const reply = await this.#api.open({ key, entities: [...entities] });
    if (!reply.ok) listener.changed({ name: 'ended', error: reply.error });
  }
}
