import type { AccountSettings } from '../../core/contract/accounts.ts';
import type { BareJid } from '../../core/domain/jid.ts';
import type { Mechanism } from '../../node/xmpp/session-failure.ts';
import type { SessionOptions } from '../../node/xmpp/session-options.ts';
import type { SessionState } from '../../node/xmpp/session-types.ts';
import { rosterFile } from '../inventory/roster-keeper.ts';
import { isAuthorised, withAuthorised } from '../inventory/standing-authorisation.ts';
import type { Journal } from '../journal/journal.ts';
import type { ConnectableSession } from '../ports.ts';
import type { StanzaRecorder } from '../stanzas/stanza-recorder.ts';
import { sessionOptions, type AccountEntry } from './account-entry.ts';
import { AccountLink, type LinkEvents } from './account-link.ts';
import { connectionState } from './connection-state.ts';
import { buildLink, type SharedParts } from './link-parts.ts';

export interface ConnectorDependencies {
  readonly shared: SharedParts;
  readonly journal: Journal;
  readonly recorder: StanzaRecorder;
  /** What the link of an account tells. */
  readonly events: (account: BareJid) => LinkEvents;
  readonly learned: (
    account: BareJid,
    facts: {
      readonly mechanism?: Mechanism;
      readonly delimiter?: string;
      readonly settings?: AccountSettings;
      readonly privateRead?: true;
    },
  ) => void;
  readonly changed: (entry: AccountEntry) => void;
}

/** Connects and disconnects accounts, and follows what becomes of their sessions. */
export class AccountConnector {
  readonly #own: ConnectorDependencies;

  constructor(dependencies: ConnectorDependencies) {
    this.#own = dependencies;
  }

  async connect(entry: AccountEntry, password: SessionOptions['password']): Promise<void> {
    if (entry.session && entry.connection.name !== 'failed') {
      // Who asks to connect while the next attempt is waited for wants it now.
      if (entry.connection.name === 'waiting') entry.session.networkChanged();
      return;
    }
    await this.disconnect(entry);
    const { ports } = this.#own.shared;
    const options = sessionOptions(entry, password, ports);
    const session = ports.createSession(options);
    entry.session = session;
    entry.link = this.#link(entry, session);
    this.#follow(entry, session);
    void session.connect();
  }

  async disconnect(entry: AccountEntry): Promise<void> {
    const { session, link } = entry;
    entry.session = undefined;
    entry.link = undefined;
    const stopped = link?.stop();
    await session?.disconnect();
    await stopped;
    entry.connection = { name: 'offline' };
    this.#own.changed(entry);
  }

  /** Removes what was kept of the contacts of an account that is gone. */
  async forget(account: BareJid): Promise<void> {
    await this.#own.shared.ports.storage.remove(rosterFile(account));
  }

  #link(entry: AccountEntry, session: ConnectableSession): AccountLink {
    const { shared, journal, events, learned } = this.#own;
    const account = entry.stored.settings.jid;
    const { clock } = shared.ports;
    const told = events(account);
    const cause = () => (entry.link?.isLoggingIn ? 'login' : 'command');
    const parts = buildLink(account, session, shared, cause, {
      isAuthorised: (jid) => isAuthorised(entry.stored.settings, jid),
      authorised: (jid, nick) => told.authorised(jid, nick),
      keepsRoster: entry.demo === undefined,
    });
    return new AccountLink({
      parts,
      journal,
      clock,
      delimiter: entry.stored.delimiter,
      delimiterFound: (delimiter) => learned(account, { delimiter }),
      authorise: (jid) =>
        learned(account, { settings: withAuthorised(entry.stored.settings, jid) }),
      told,
      isPrivateRead: entry.stored.privateRead === true || entry.demo !== undefined,
      privateRead: () => learned(account, { privateRead: true }),
    });
  }

  #follow(entry: AccountEntry, session: ConnectableSession): void {
    const { recorder, shared, learned } = this.#own;
    const account = entry.stored.settings.jid;
    const report = (cause: unknown): void => void shared.ports.report(cause);
    session.on('stanza', (tap) => recorder.tap(account, tap));
    session.on('handlerFailed', ({ cause }) => report(cause));
    session.on('authenticated', ({ mechanism }) => {
      if (entry.stored.mechanism !== mechanism) learned(account, { mechanism });
    });
    session.on('stateChanged', (state) => {
      // A session that was given up still says goodbye.
      if (entry.session === session) this.#stateChanged(entry, session, state, report);
    });
  }

  async #logIn(
    entry: AccountEntry,
    link: AccountLink,
    report: (cause: unknown) => void,
  ): Promise<void> {
    await link.logIn().catch(report);
    if (entry.link === link) this.#own.changed(entry);
  }

  #stateChanged(
    entry: AccountEntry,
    session: ConnectableSession,
    state: SessionState,
    report: (cause: unknown) => void,
  ): void {
    const { link } = entry;
    const wasOnline = entry.connection.name === 'online';
    if (state.kind === 'online' && !wasOnline)
      entry.onlineSince = this.#own.shared.ports.clock.now();
    const account = entry.stored.settings.jid;
    entry.connection = connectionState(state, session.facts, account, entry.onlineSince);
    if (state.kind === 'online' && state.resumed) link?.resumed();
    else if (state.kind === 'online' && link) void this.#logIn(entry, link, report);
    else if (wasOnline) link?.lost();
    this.#own.changed(entry);
  }
}
