import { createHash, createHmac, pbkdf2, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify(pbkdf2);

/** The SCRAM mechanisms offered, each with its hash (RFC 5802, RFC 7677). */
export const SCRAM_HASHES = { 'SCRAM-SHA-256': 'sha256', 'SCRAM-SHA-1': 'sha1' } as const;
export type ScramMechanism = keyof typeof SCRAM_HASHES;

/** The least that RFC 7677 allows: a login should not cost the demo a noticeable time. */
const ITERATIONS = 4096;
const SALT_BYTES = 16;
const CACHE_SIZE = 10_000;

/** What a server keeps of a password. */
export interface ScramKeys {
  readonly hash: string;
  readonly salt: Buffer;
  readonly iterations: number;
  readonly storedKey: Buffer;
  readonly serverKey: Buffer;
}

/** Keys derived from passwords, each derived once. */
export class ScramKeyStore {
  // One salt for the whole run, so that parties inside this process derive a shared password once.
  readonly #salt = randomBytes(SALT_BYTES);
  readonly #cache = new Map<string, Promise<ScramKeys>>();

  keysFor(password: string, mechanism: ScramMechanism): Promise<ScramKeys> {
    const key = `${mechanism} ${password}`;
    let keys = this.#cache.get(key);
    if (!keys) {
      if (this.#cache.size >= CACHE_SIZE) this.#cache.clear();
      keys = this.#derive(password, SCRAM_HASHES[mechanism]);
      this.#cache.set(key, keys);
    }
    return keys;
  }

  async #derive(password: string, hash: string): Promise<ScramKeys> {
    const length = createHash(hash).digest().length;
    const text = password.normalize('NFKC');
    const salted = await derive(text, this.#salt, ITERATIONS, length, hash);
    const clientKey = createHmac(hash, salted).update('Client Key').digest();
    return {
      hash,
      salt: this.#salt,
      iterations: ITERATIONS,
      storedKey: createHash(hash).update(clientKey).digest(),
      serverKey: createHmac(hash, salted).update('Server Key').digest(),
    };
  }
}
