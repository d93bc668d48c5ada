import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { BareJid } from '../../core/domain/jid.ts';
import type { Accounts } from './accounts.ts';
import { SCRAM_HASHES, type ScramKeys, type ScramMechanism } from './scram-keys.ts';

/** The mechanisms offered, the best first. */
export const MECHANISMS = ['SCRAM-SHA-256', 'SCRAM-SHA-1', 'PLAIN'] as const;
/** Those for a client inside this process, where there is nobody whom SCRAM could keep a password from. */
export const INSIDE_MECHANISMS = ['PLAIN'] as const;

export type SaslFailure =
  'aborted' | 'incorrect-encoding' | 'invalid-mechanism' | 'malformed-request' | 'not-authorized';

/** What comes next in a login. Data are texts, not yet in base64. */
export type SaslStep =
  | { readonly kind: 'challenge'; readonly data: string }
  | { readonly kind: 'success'; readonly account: BareJid; readonly data?: string }
  | { readonly kind: 'failure'; readonly condition: SaslFailure };

function failure(condition: SaslFailure): SaslStep {
  return { kind: 'failure', condition };
}

function isScram(mechanism: string): mechanism is ScramMechanism {
  return Object.hasOwn(SCRAM_HASHES, mechanism);
}

/** The attributes of a SCRAM message by their letters. */
function attributesOf(message: string): ReadonlyMap<string, string> {
  return new Map(message.split(',').map((part) => [part.slice(0, 1), part.slice(2)]));
}

function xor(one: Buffer, other: Buffer): Buffer {
  return Buffer.from(one.map((byte, index) => byte ^ (other[index] ?? 0)));
}

interface ScramState {
  readonly account: BareJid;
  readonly keys: ScramKeys;
  readonly gs2Header: string;
  readonly clientFirst: string;
  readonly serverFirst: string;
  readonly nonce: string;
}

/** One login attempt at a time, as RFC 4616 (PLAIN) and RFC 5802 (SCRAM) have it. */
export class SaslExchange {
  readonly #accounts: Accounts;
  #state: ScramState | undefined;

  constructor(accounts: Accounts) {
    this.#accounts = accounts;
  }

  /** Begins with the client's first message. */
  async start(mechanism: string, message: string): Promise<SaslStep> {
    this.#state = undefined;
    if (mechanism === 'PLAIN') return this.#plain(message);
    if (!isScram(mechanism)) return failure('invalid-mechanism');
    return this.#scramFirst(mechanism, message);
  }

  /** Goes on with the client's answer to the challenge. */
  respond(message: string): SaslStep {
    const state = this.#state;
    this.#state = undefined;
    return state ? scramFinal(state, message) : failure('malformed-request');
  }

  #plain(message: string): SaslStep {
    const [authorization = '', node = '', password = '', ...rest] = message.split('\0');
    if (rest.length > 0 || node === '') return failure('malformed-request');
    const account = this.#accounts.jidOf(node);
    if (!account || !this.#accounts.isPassword(account, password)) return failure('not-authorized');
    if (authorization !== '' && authorization !== account) return failure('not-authorized');
    return { kind: 'success', account };
  }

  async #scramFirst(mechanism: ScramMechanism, message: string): Promise<SaslStep> {
    const gs2Header = /^[ny],[^,]*,/.exec(message)?.[0];
    if (gs2Header === undefined) return failure('malformed-request');
    const clientFirst = message.slice(gs2Header.length);
    const attributes = attributesOf(clientFirst);
    const [name, clientNonce] = [attributes.get('n'), attributes.get('r')];
    if (!name || !clientNonce) return failure('malformed-request');
    const account = this.#accounts.jidOf(name.replaceAll('=2C', ',').replaceAll('=3D', '='));
    const keys = account && (await this.#accounts.scramKeys(account, mechanism));
    if (!keys) return failure('not-authorized');
    const nonce = clientNonce + randomBytes(18).toString('base64');
    const serverFirst = `r=${nonce},s=${keys.salt.toString('base64')},i=${keys.iterations}`;
    this.#state = { account, keys, gs2Header, clientFirst, serverFirst, nonce };
    return { kind: 'challenge', data: serverFirst };
  }
}

function scramFinal(state: ScramState, message: string): SaslStep {
  const { keys } = state;
  const proofAt = message.lastIndexOf(',p=');
  const attributes = attributesOf(message);
  const binding = Buffer.from(state.gs2Header).toString('base64');
  if (proofAt < 0 || attributes.get('r') !== state.nonce || attributes.get('c') !== binding) {
    return failure('malformed-request');
  }
  const signed = `${state.clientFirst},${state.serverFirst},${message.slice(0, proofAt)}`;
  const signature = createHmac(keys.hash, keys.storedKey).update(signed).digest();
  const proof = Buffer.from(message.slice(proofAt + ',p='.length), 'base64');
  const clientKey = xor(signature, proof);
  const storedKey = createHash(keys.hash).update(clientKey).digest();
  if (proof.length !== signature.length || !timingSafeEqual(storedKey, keys.storedKey)) {
    return failure('not-authorized');
  }
  const verifier = createHmac(keys.hash, keys.serverKey).update(signed).digest('base64');
  return { kind: 'success', account: state.account, data: `v=${verifier}` };
}
