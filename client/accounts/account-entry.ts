import type { Account, ConnectionState } from '../../core/contract/accounts.ts';
import type { SessionOptions, Transport } from '../../node/xmpp/session-options.ts';
import { given } from '../given.ts';
import type { ConnectableSession, Ports } from '../ports.ts';
import { redactStanza } from '../redaction.ts';
import type { AccountLink } from './account-link.ts';
import type { StoredAccount } from './stored-accounts.ts';

/** An account in this run of the application. */
export interface AccountEntry {
  stored: StoredAccount;
  /** The embedded platform's own: nothing of it is stored. */
  readonly demo?: { readonly transport?: Transport };
  connection: ConnectionState;
  /** A password that is asked for each time, while the account is connected. */
  password?: string | undefined;
  session?: ConnectableSession | undefined;
  link?: AccountLink | undefined;
  onlineSince: number;
}

export function newEntry(stored: StoredAccount, demo?: AccountEntry['demo']): AccountEntry {
  return { stored, connection: { name: 'offline' }, onlineSince: 0, ...given({ demo }) };
}

/** As windows see it. */
export function toAccount({ stored, connection, demo, link }: AccountEntry): Account {
  return {
    settings: stored.settings,
    connection,
    demo: demo !== undefined,
    ...(connection.name === 'online' && link?.isLoggingIn && { isReading: true as const }),
    passwordStored: stored.hasPassword,
    proven: stored.mechanism !== undefined,
  };
}

/** How to connect an account. `password` is asked for at each new log-in. */
export function sessionOptions(
  { stored, demo }: AccountEntry,
  password: SessionOptions['password'],
  { clock, random, resource }: Pick<Ports, 'clock' | 'random' | 'resource'>,
): SessionOptions {
  const { settings, pin, mechanism } = stored;
  return {
    jid: settings.jid,
    password,
    clock,
    random,
    redact: redactStanza,
    tls: given({ pinnedFingerprint: pin }),
    ...given({
      resource: resource ?? (settings.resource || undefined),
      endpoint: settings.endpoint,
      transport: demo?.transport,
      rememberedMechanism: mechanism,
    }),
  };
}
