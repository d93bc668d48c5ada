import type { AppApi } from '../../core/contract/contract.ts';
import type { TerminalState } from '../../core/contract/terminals.ts';
import type { EntityId } from '../../core/domain/entity.ts';

/** What a panel hears of its terminal. */
export interface TerminalListener {
  changed(state: TerminalState): void;
  /** The port through which the bytes of the terminal go both ways. */
  connected(port: MessagePort): void;
}

export interface TerminalWish {
  readonly kind: 'shell' | 'serial';
  readonly entity: EntityId;
  readonly columns: number;
  readonly rows: number;
  /** Ends the session of somebody else. */
  readonly force: boolean;
}

/** The terminals that this window has open. */
export class TerminalStore {
  readonly #api: AppApi['terminals'];
  readonly #listeners = new Map<string, TerminalListener>();
  readonly #wanted = new Set<EntityId>();
  #count = 0;

  constructor(api: AppApi['terminals']) {
    this.#api = api;
  }

  start(): () => void {
    return this.#api.changed(({ key, state }) => this.#listeners.get(key)?.changed(state));
  }

  /** Takes the port of a terminal, and says whether it is one; closed meanwhile it needs none. */
  receive(key: string, port: MessagePort): boolean {
    if (!key.startsWith(PREFIX)) return false;
    const listener = this.#listeners.get(key);
    if (listener) listener.connected(port);
    else port.close();
    return true;
  }

  /** Opens a terminal. Returns the name of this connection. */
  open(wish: TerminalWish, listener: TerminalListener): string {
    const key = `${PREFIX}${(this.#count += 1)}`;
    this.#listeners.set(key, listener);
    void this.#open(key, wish, listener);
    return key;
  }

  resize(key: string, columns: number, rows: number): void {
    void this.#api.resize({ key, columns, rows });
  }

  close(key: string): void {
    this.#listeners.delete(key);
    void this.#api.close({ key });
  }

  /** The next panel with the shell of this host connects at once: somebody asked for it. */
  want(entity: EntityId): void {
    this.#wanted.add(entity);
  }

  /** Whether somebody asked for the shell of this host; told once. */
  takeWanted(entity: EntityId): boolean {
    return this.#wanted.delete(entity);
  }

  async #open(key: string, wish: TerminalWish, listener: TerminalListener): Promise<void> {
    const reply = await this.#api.open({ key, ...wish });
    if (!reply.ok) listener.changed({ name: 'ended', error: reply.error });
  }
}

const PREFIX = 't';
