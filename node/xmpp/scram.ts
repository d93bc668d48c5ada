import { createHash, createHmac, pbkdf2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { LinkFailureError } from './link-failure.ts';
import { saslprep } from './saslprep.ts';
import type { ScramKeyCache, ScramKeys } from './session-options.ts';

const derive = promisify(pbkdf2);

/** Fewer iterations make a stolen exchange cheap to guess; more are a way to keep us busy. */
const ITERATIONS = { min: 4096, max: 10_000_000 };
const GS2_HEADER = 'n,,';

export type ScramHash = 'sha256' | 'sha1';

export interface ScramInput {
  readonly hash: ScramHash;
  readonly user: string;
  readonly password: string;
  readonly cache: ScramKeyCache | undefined;
  /** The client's nonce; random when not given. */
  readonly nonce?: string;
}

/** One SCRAM exchange from the client's side (RFC 5802, RFC 7677). Throws `LinkFailureError`. */
export class ScramExchange {
  readonly #input: ScramInput;
  readonly #nonce: string;
  readonly #bare: string;
  #serverSignature: Buffer | undefined;

  constructor(input: ScramInput) {
    this.#input = input;
    this.#nonce = input.nonce ?? randomBytes(24).toString('base64');
    const user = saslprep(input.user).replaceAll('=', '=3D').replaceAll(',', '=2C');
    this.#bare = `n=${user},r=${this.#nonce}`;
  }

  /** The message that begins the exchange. */
  first(): string {
    return GS2_HEADER + this.#bare;
  }

  /** The proof that answers the server's challenge. */
  async final(challenge: string): Promise<string> {
    const { nonce, salt, iterations } = this.#readChallenge(challenge);
    const keys = await this.#keys(salt, iterations);
    const binding = Buffer.from(GS2_HEADER).toString('base64');
    const withoutProof = `c=${binding},r=${nonce}`;
    const signed = `${this.#bare},${challenge},${withoutProof}`;
    const { hash } = this.#input;
    const storedKey = createHash(hash).update(keys.clientKey).digest();
    const signature = hmac(hash, storedKey, signed);
    const proof = keys.clientKey.map((byte, index) => byte ^ (signature[index] ?? 0));
    this.#serverSignature = hmac(hash, keys.serverKey, signed);
    return `${withoutProof},p=${Buffer.from(proof).toString('base64')}`;
  }

  /** Whether this is the signature of a server that knows the password, which an impostor cannot make. */
  verifies(serverFinal: string): boolean {
    const given = fields(serverFinal).get('v');
    const expected = this.#serverSignature;
    if (given === undefined || expected === undefined) return false;
    const signature = Buffer.from(given, 'base64');
    return signature.length === expected.length && timingSafeEqual(signature, expected);
  }

  #readChallenge(challenge: string): { nonce: string; salt: string; iterations: number } {
    const given = fields(challenge);
    const nonce = given.get('r') ?? '';
    const salt = given.get('s') ?? '';
    const iterations = Number(given.get('i'));
    if (given.has('m')) throw unverified('mandatory-extension');
    if (!nonce.startsWith(this.#nonce) || nonce === this.#nonce) throw unverified('nonce');
    if (salt === '') throw unverified('salt');
    const isBounded = iterations >= ITERATIONS.min && iterations <= ITERATIONS.max;
    if (!Number.isInteger(iterations) || !isBounded) throw unverified('iterations');
    return { nonce, salt, iterations };
  }

  async #keys(salt: string, iterations: number): Promise<ScramKeys> {
    const { hash, password, cache } = this.#input;
    if (cache === undefined) return deriveKeys(hash, password, salt, iterations);
    const digest = createHash('sha256').update(password).digest('base64');
    const key = [hash, salt, iterations, digest].join(' ');
    const known = cache.get(key);
    if (known !== undefined) return known;
    const keys = deriveKeys(hash, password, salt, iterations);
    cache.set(key, keys);
    return keys;
  }
}

/** A cache that holds the keys of a few accounts in memory. */
export function memoryScramKeys(): ScramKeyCache {
  const keys = new Map<string, Promise<ScramKeys>>();
  return {
    get: (key) => keys.get(key),
    set: (key, value) => keys.set(key, value),
  };
}

async function deriveKeys(
  hash: ScramHash,
  password: string,
  salt: string,
  iterations: number,
): Promise<ScramKeys> {
  const length = hash === 'sha256' ? 32 : 20;
  const secret = saslprep(password);
  const salted = await derive(secret, Buffer.from(salt, 'base64'), iterations, length, hash);
  return {
    clientKey: hmac(hash, salted, 'Client Key'),
    serverKey: hmac(hash, salted, 'Server Key'),
  };
}

function hmac(hash: ScramHash, key: Buffer, text: string): Buffer {
  return createHmac(hash, key).update(text).digest();
}

function fields(message: string): Map<string, string> {
  return new Map(message.split(',').map((field) => [field.slice(0, 1), field.slice(2)]));
}

function unverified(detail: string): LinkFailureError {
  return new LinkFailureError({ code: 'server-not-verified', detail });
}
