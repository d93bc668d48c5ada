import { createCipheriv, createDecipheriv, randomBytes, randomUUID } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { AppError } from '../../core/contract/app-error.ts';
import type { AppHandlers } from '../../core/contract/contract.ts';
import { err, ok, type Result } from '../../core/lib/result.ts';

export interface PastStoreOptions {
  /** A folder of its own; whatever is in it is removed. */
  readonly folder: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Of all windows together, in bytes. */
  readonly mostBytes?: number;
}

interface Piece {
  readonly windowId: number;
  readonly at: number;
  readonly bytes: number;
}

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const MOST_BYTES = 1_073_741_824;
/** A page forgets after 10 minutes, and a stretch more; one that does not is not asked. */
const LONGEST_MS = 720_000;

/**
 * The past of screens on the disk, for as long as this process lives: each piece is a file, encrypted
 * with a key that never leaves the memory. What a crash leaves behind nobody can read, and it is
 * removed at the next start.
 */
export class PastStore {
  readonly #folder: string;
  readonly #now: () => number;
  readonly #mostBytes: number;
  readonly #key = randomBytes(32);
  readonly #pieces = new Map<string, Piece>();
  readonly #ready: Promise<void>;

  constructor({ folder, now, mostBytes = MOST_BYTES }: PastStoreOptions) {
    this.#folder = folder;
    this.#now = now;
    this.#mostBytes = mostBytes;
    this.#ready = removed(folder);
  }

  readonly handlers: AppHandlers['pasts'] = {
    keep: ({ bytes }, { windowId }) => this.#keep(windowId, bytes),
    read: ({ piece }, { windowId }) => this.#read(windowId, piece),
    forget: async ({ pieces }, { windowId }) => {
      await this.#forget(pieces.filter((name) => this.#pieces.get(name)?.windowId === windowId));
      return ok(undefined);
    },
  };

  /** Resolves once what an earlier run left behind is gone. */
  async cleared(): Promise<void> {
    await this.#ready;
  }

  windowClosed(windowId: number): void {
    void this.#forget(this.#namesOf((piece) => piece.windowId === windowId));
  }

  /** Removes everything. */
  async stop(): Promise<void> {
    this.#pieces.clear();
    await this.#ready;
    await removed(this.#folder);
  }

  async #keep(windowId: number, bytes: Uint8Array): Promise<Result<string, AppError>> {
    await this.#ready;
    const at = this.#now();
    await this.#forget(this.#namesOf((piece) => piece.at < at - LONGEST_MS));
    const total = [...this.#pieces.values()].reduce((sum, one) => sum + one.bytes, 0);
    if (total + bytes.length > this.#mostBytes) return unwritable('full');
    const name = randomUUID();
    this.#pieces.set(name, { windowId, at, bytes: bytes.length });
    try {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      await writeFile(this.#file(name), this.#sealed(name, bytes), { mode: 0o600 });
    } catch (cause) {
      await this.#forget([name]);
      return unwritable(cause instanceof Error ? cause.message : String(cause));
    }
    // The window was closed while it was written.
    if (!this.#pieces.has(name)) await removed(this.#file(name));
    return ok(name);
  }

  async #read(windowId: number, name: string): Promise<Result<Uint8Array, AppError>> {
    if (this.#pieces.get(name)?.windowId !== windowId)
      return err({ code: 'not-found', what: name });
    try {
      return ok(this.#opened(name, await readFile(this.#file(name))));
    } catch (cause) {
      const detail = cause instanceof Error ? cause.message : String(cause);
      return err({ code: 'storage-damaged', file: name, detail });
    }
  }

  async #forget(names: readonly string[]): Promise<void> {
    for (const name of names) this.#pieces.delete(name);
    await Promise.all(names.map((name) => removed(this.#file(name))));
  }

  #namesOf(isIt: (piece: Piece) => boolean): readonly string[] {
    return [...this.#pieces].flatMap(([name, piece]) => (isIt(piece) ? [name] : []));
  }

  /** Its name goes into the seal, so that no file can stand in for another. */
  #sealed(name: string, bytes: Uint8Array): Buffer {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, this.#key, nonce).setAAD(Buffer.from(name));
    const sealed = Buffer.concat([cipher.update(bytes), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
  }

  #opened(name: string, file: Buffer): Uint8Array {
    const nonce = file.subarray(0, NONCE_BYTES);
    const tag = file.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
    const decipher = createDecipheriv(CIPHER, this.#key, nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(name)).setAuthTag(tag);
    const sealed = file.subarray(NONCE_BYTES + TAG_BYTES);
    return Buffer.concat([decipher.update(sealed), decipher.final()]);
  }

  #file(name: string): string {
    return path.join(this.#folder, name);
  }
}

async function removed(file: string): Promise<void> {
  // What cannot be removed cannot be read either.
  await rm(file, { recursive: true, force: true }).catch(() => undefined);
}

function unwritable(detail: string): Result<never, AppError> {
  return err({ code: 'storage-unwritable', file: 'past-screens', detail });
}
