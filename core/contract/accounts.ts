import * as v from 'valibot';
import { BareJid } from '../domain/jid.ts';
import type { AppError } from './app-error.ts';
import { call, event, reply } from './define.ts';

/** Where to connect, when SRV records are not to be used. */
const Endpoint = v.strictObject({
  host: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(253)),
  port: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535)),
  /** TLS from the first byte instead of STARTTLS. */
  directTls: v.boolean(),
});

/** What the user decides about an account. The password is not part of it: it lives in the keychain. */
export const AccountSettings = v.strictObject({
  jid: BareJid,
  resource: v.pipe(v.string(), v.maxLength(200)),
  endpoint: v.optional(Endpoint),
  connectAtStart: v.boolean(),
  /** False: the password is asked for at each connection and kept nowhere. */
  rememberPassword: v.boolean(),
  /** Who may see this account without the user being asked each time; absent: nobody. */
  authorise: v.optional(
    v.strictObject({
      /** Every address of the account's own domain. */
      ownDomain: v.boolean(),
      jids: v.pipe(v.array(BareJid), v.maxLength(500)),
    }),
  ),
});
export type AccountSettings = v.InferOutput<typeof AccountSettings>;

const Password = v.pipe(v.string(), v.minLength(1), v.maxLength(1024));

/** What the connection is worth, in facts for the status bar. */
export interface ConnectionFacts {
  readonly host: string;
  /** For example `TLSv1.3`. */
  readonly tls: string;
  readonly cipher: string;
  /** For example `SCRAM-SHA-256`. */
  readonly mechanism: string;
  /** SHA-256 of the server's certificate. */
  readonly fingerprint: string;
  readonly pinned: boolean;
}

export type ConnectionState =
  | { readonly name: 'offline' }
  | { readonly name: 'connecting'; readonly step: 'resolving' | 'opening' | 'securing' | 'proving' }
  | { readonly name: 'online'; readonly facts: ConnectionFacts; readonly since: number }
  /** `at`: when the next attempt starts, in milliseconds since 1970. */
  | { readonly name: 'waiting'; readonly error: AppError; readonly at: number }
  /** Nothing is tried again until the user acts. */
  | { readonly name: 'failed'; readonly error: AppError };

export interface Account {
  readonly settings: AccountSettings;
  readonly connection: ConnectionState;
  /** The embedded platform's own account: not stored, gone when the platform stops. */
  readonly demo: boolean;
  /** It is online, and what the server keeps of it is still being read. */
  readonly isReading?: true;
  readonly passwordStored: boolean;
  /** It has logged in at least once, ever: its address and its server are right. */
  readonly proven: boolean;
}

export const accounts = {
  list: call(v.undefined(), reply<readonly Account[]>()),
  add: call(
    v.strictObject({ settings: AccountSettings, password: v.optional(Password) }),
    reply<undefined>(),
  ),
  update: call(AccountSettings, reply<undefined>()),
  /**
   * Gives an account that never logged in another address. Its password is given anew: one that was
   * meant for one server is not sent to another.
   */
  correct: call(
    v.strictObject({ from: BareJid, settings: AccountSettings, password: v.optional(Password) }),
    reply<undefined>(),
  ),
  /** Forgets the account, its password and its cache; main asks for confirmation. */
  remove: call(v.strictObject({ jid: BareJid }), reply<undefined>()),
  /** `password` is used for this connection alone, unless the account remembers it. */
  connect: call(
    v.strictObject({ jid: BareJid, password: v.optional(Password) }),
    reply<undefined>(),
  ),
  disconnect: call(v.strictObject({ jid: BareJid }), reply<undefined>()),
  /** Windows can set a password and never read one. */
  setPassword: call(v.strictObject({ jid: BareJid, password: Password }), reply<undefined>()),
  /** From now on exactly the certificate with this SHA-256 fingerprint is accepted. */
  trust: call(
    v.strictObject({ jid: BareJid, fingerprint: v.pipe(v.string(), v.maxLength(100)) }),
    reply<undefined>(),
  ),
  changed: event<readonly Account[]>(),
};
