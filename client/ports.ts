import type { AppError } from '../core/contract/app-error.ts';
import type { Result } from '../core/lib/result.ts';
import type { Clock } from '../node/xmpp/clock.ts';
import type { SessionOptions } from '../node/xmpp/session-options.ts';
import type { Session } from '../node/xmpp/session-types.ts';

export type StorageFailure = Extract<
  AppError,
  { code: 'storage-newer' | 'storage-damaged' | 'storage-unwritable' }
>;
export type KeychainFailure = Extract<AppError, { code: 'keychain-absent' | 'keychain-locked' }>;

/** Which file, and which shape of its content this build reads and writes. */
export interface StoredFile {
  /** Also the file's name on disk, without its ending. */
  readonly format: string;
  readonly version: number;
  /** Of a log: several processes keep it at once, and each reads what those left that are gone. */
  readonly isShared?: boolean;
}

/** One JSON value a file, replaced as a whole and never half. */
export interface Storage {
  /** The value last saved; undefined when there is no such file yet. */
  load(file: StoredFile): Promise<Result<unknown, StorageFailure>>;
  save(file: StoredFile, value: unknown): Promise<Result<undefined, StorageFailure>>;
  remove(file: StoredFile): Promise<Result<undefined, StorageFailure>>;
  /** An append-only log of JSON values; the same one for the same file. */
  log(file: StoredFile): StoredLog;
}

/** An append-only log. Resolved appends survive a crash; a torn last line is left out when reading. */
export interface StoredLog {
  read(): Promise<Result<readonly unknown[], StorageFailure>>;
  append(value: unknown): Promise<Result<undefined, StorageFailure>>;
  /** Begins a new log with these values in place of the old one, to keep it short. */
  rewrite(values: readonly unknown[]): Promise<Result<undefined, StorageFailure>>;
}

/** Avatars by the hash of what they were made of; the store bounds itself and drops the oldest. */
export interface PictureStore {
  read(hash: string): Promise<Uint8Array | undefined>;
  write(hash: string, picture: Uint8Array): Promise<void>;
}

/** The operating system's keychain; passwords are kept by bare JID. */
export interface Keychain {
  get(jid: string): Promise<Result<string | undefined, KeychainFailure>>;
  set(jid: string, password: string): Promise<Result<undefined, KeychainFailure>>;
  delete(jid: string): Promise<Result<undefined, KeychainFailure>>;
}

/** Why there is no avatar: the picture is none, damaged or too large; or it cannot be looked at now. */
export type AvatarRefusal = 'unreadable' | 'later';

/** Makes a small PNG of an untrusted picture (PNG or JPEG), with nothing in it but its pixels. */
export interface AvatarCodec {
  toAvatar(picture: Uint8Array): Promise<Result<Uint8Array, AvatarRefusal>>;
}

/** A session that can be told to connect and to end. */
export interface ConnectableSession extends Session {
  /** Resolves with the first outcome; what follows is told by its events. */
  connect(): Promise<unknown>;
  /** Ends the stream and resolves when the link is closed. Nothing is tried again. */
  disconnect(): Promise<void>;
  networkChanged(): void;
  /** The computer goes to sleep. */
  suspended(): void;
  woke(): void;
}

export type SessionFactory = (options: SessionOptions) => ConnectableSession;

/** Everything the application needs of the machine it runs on. */
export interface Ports {
  readonly storage: Storage;
  readonly pictures: PictureStore;
  readonly keychain: Keychain;
  readonly images: AvatarCodec;
  /**
   * The file of the journal; `journal` unless given. The command line may run on the profile of an application that runs:
   * each has a journal of its own, and several command lines share theirs.
   */
  readonly journal?: 'journal' | 'journal-of-command-line';
  /**
   * The resource to log in with in place of the account's own: a second connection under the same
   * one ends the first (RFC 6120 §7.7.2.2).
   */
  readonly resource?: string;
  readonly clock: Clock;
  readonly createSession: SessionFactory;
  /** In [0, 1). */
  readonly random: () => number;
  readonly createId: () => string;
  /** Notes a bug of ours in the log; returns the number by which it is found there. */
  readonly report: (cause: unknown) => string;
}
