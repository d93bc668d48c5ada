import type { Account, ConnectionState } from '../../core/contract/accounts.ts';
import type { AppFacts, DemoState } from '../../core/contract/app.ts';
import type { AppApi } from '../../core/contract/contract.ts';
import type { BareJid } from '../../core/domain/jid.ts';

type Api = Pick<AppApi, 'accounts' | 'app'>;

const NEED: readonly ConnectionState['name'][] = ['online', 'connecting', 'waiting', 'failed'];

/** How much an account wants attention; one that the user left offline wants none. */
function need({ connection }: Account): number {
  return NEED.indexOf(connection.name);
}

/** This window's mirror of the accounts and of the embedded platform. */
export class AccountsStore {
  readonly #api: Api;
  #all = $state.raw<readonly Account[]>([]);
  #demo = $state.raw<DemoState>({ name: 'stopped' });
  #facts = $state.raw<AppFacts>();
  #loaded = $state(false);
  /** What main told of by itself, which is newer than what it was asked for. */
  readonly #told = new Set<'accounts' | 'demo'>();

  constructor(api: Api) {
    this.#api = api;
  }

  get all(): readonly Account[] {
    return this.#all;
  }

  get demo(): DemoState {
    return this.#demo;
  }

  /** Versions and the like; undefined until they are loaded. */
  get facts(): AppFacts | undefined {
    return this.#facts;
  }

  get loaded(): boolean {
    return this.#loaded;
  }

  /** The account that the frame speaks of: one that is connected before one that is not. */
  get first(): Account | undefined {
    return this.#all.find(({ connection }) => connection.name === 'online') ?? this.#all[0];
  }

  /** The account that is worst off: the one whose connection needs the user most. */
  get worst(): Account | undefined {
    return this.#all.toSorted((a, b) => need(b) - need(a))[0];
  }

  /** Whether rosters are on their way: of the platform that starts, or of accounts that log in. */
  get isFilling(): boolean {
    if (!this.#loaded || this.#demo.name === 'starting') return true;
    return this.#all.some(
      ({ connection, isReading }) => connection.name === 'connecting' || isReading === true,
    );
  }

  find(jid: BareJid): Account | undefined {
    return this.#all.find(({ settings }) => settings.jid === jid);
  }

  isOnline(jid: BareJid): boolean {
    return this.find(jid)?.connection.name === 'online';
  }

  start(): () => void {
    const stops = [
      this.#api.accounts.changed((all) => {
        this.#told.add('accounts');
        this.#all = all;
      }),
      this.#api.app.demoChanged((state) => {
        this.#told.add('demo');
        this.#demo = state;
      }),
    ];
    void this.#load();
    return () => stops.forEach((stop) => stop());
  }

  async #load(): Promise<void> {
    const { accounts, app } = this.#api;
    const [all, demo, facts] = await Promise.all([accounts.list(), app.demo(), app.facts()]);
    if (all.ok && !this.#told.has('accounts')) this.#all = all.value;
    if (demo.ok && !this.#told.has('demo')) this.#demo = demo.value;
    if (facts.ok) this.#facts = facts.value;
    this.#loaded = true;
  }
}
