import { createHash, createHmac, pbkdf2Sync } from 'node:crypto';
import { FAULT_PASSWORD, type Faults } from './faults.ts';

const SALT = Buffer.from('salt of the fault server');

/** The server's side of SCRAM, written apart from the client's so that they check each other. */
export class ScramServer {
  readonly #hash: 'sha1' | 'sha256';
  readonly #faults: Faults;
  #clientFirst = '';
  #serverFirst = '';

  constructor(mechanism: string, faults: Faults) {
    this.#hash = mechanism === 'SCRAM-SHA-1' ? 'sha1' : 'sha256';
    this.#faults = faults;
  }

  /** Answers the client's first message; both in base64. */
  challenge(message: string): string {
    this.#clientFirst = decode(message).slice('n,,'.length);
    const nonce = /r=([^,]*)/.exec(this.#clientFirst)?.[1] ?? '';
    const given = this.#faults.forgesNonce ? 'another nonce' : `${nonce}server`;
    const iterations = this.#faults.iterations ?? 4096;
    this.#serverFirst = `r=${given},s=${SALT.toString('base64')},i=${iterations}`;
    return encode(this.#serverFirst);
  }

  /** The server's signature in base64; undefined when the client's proof is wrong. */
  finish(message: string): string | undefined {
    const [, withoutProof = '', proof = ''] = /^(.*),p=(.*)$/.exec(decode(message)) ?? [];
    const signed = [this.#clientFirst, this.#serverFirst, withoutProof].join(',');
    const length = this.#hash === 'sha1' ? 20 : 32;
    const iterations = this.#faults.iterations ?? 4096;
    const salted = pbkdf2Sync(FAULT_PASSWORD, SALT, iterations, length, this.#hash);
    const storedKey = this.#digest(this.#hmac(salted, 'Client Key'));
    const mask = this.#hmac(storedKey, signed);
    const clientKey = Buffer.from(proof, 'base64').map((byte, at) => byte ^ (mask[at] ?? 0));
    if (!this.#digest(clientKey).equals(storedKey)) return undefined;
    const key = this.#faults.forgesSignature
      ? Buffer.from('guess')
      : this.#hmac(salted, 'Server Key');
    return encode(`v=${this.#hmac(key, signed).toString('base64')}`);
  }

  #digest(data: Uint8Array): Buffer {
    return createHash(this.#hash).update(data).digest();
  }

  #hmac(key: Buffer, text: string): Buffer {
    return createHmac(this.#hash, key).update(text).digest();
  }
}

function encode(text: string): string {
  return Buffer.from(text).toString('base64');
}

function decode(text: string): string {
  return Buffer.from(text, 'base64').toString();
}
