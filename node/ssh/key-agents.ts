import {
  BaseAgent,
  createAgent,
  type IdentityCallback,
  type ParsedKey,
  type SignCallback,
  type SigningRequestOptions,
} from 'ssh2';
import type { Identity } from './identities.ts';

/** The user's agent, limited to some keys where the configuration says so. */
export class UserAgent extends BaseAgent<ParsedKey> {
  readonly #agent: BaseAgent;
  readonly #only: readonly ParsedKey[] | undefined;

  constructor(socket: string, only: readonly ParsedKey[] | undefined) {
    super();
    this.#agent = createAgent(socket);
    this.#only = only;
  }

  override getIdentities(done: IdentityCallback<ParsedKey>): void {
    this.#agent.getIdentities((cause, keys) => {
      // An agent that does not answer has no keys; the other ways are still open.
      const all = cause ? [] : ((keys ?? []) as ParsedKey[]);
      const only = this.#only;
      done(undefined, only ? all.filter((key) => only.some((one) => isSame(one, key))) : all);
    });
  }

  override sign(
    key: ParsedKey,
    data: Buffer,
    options: SigningRequestOptions | SignCallback,
    done?: SignCallback,
  ): void {
    if (typeof options === 'function') this.#agent.sign(key, data, options);
    else this.#agent.sign(key, data, options, done);
  }
}

/** The key files as an agent: the host sees the public halves first, and only a wanted key is unlocked. */
export class KeyFileAgent extends BaseAgent<ParsedKey> {
  readonly #identities: readonly Identity[];
  readonly #unlock: (identity: Identity) => Promise<ParsedKey | undefined>;

  constructor(
    identities: readonly Identity[],
    unlock: (identity: Identity) => Promise<ParsedKey | undefined>,
  ) {
    super();
    this.#identities = identities;
    this.#unlock = unlock;
  }

  override getIdentities(done: IdentityCallback<ParsedKey>): void {
    done(
      undefined,
      this.#identities.map(({ publicKey }) => publicKey),
    );
  }

  override sign(
    key: ParsedKey,
    data: Buffer,
    options: SigningRequestOptions | SignCallback,
    done?: SignCallback,
  ): void {
    const [wanted, tell] = typeof options === 'function' ? [{}, options] : [options, done];
    void this.#signed(key, data, wanted).then(
      (signature) => tell?.(undefined, signature),
      (cause: unknown) => tell?.(cause instanceof Error ? cause : new Error(String(cause))),
    );
  }

  async #signed(key: ParsedKey, data: Buffer, { hash }: SigningRequestOptions): Promise<Buffer> {
    const identity = this.#identities.find(({ publicKey }) => isSame(publicKey, key));
    const unlocked = identity && (await this.#unlock(identity));
    if (!unlocked) throw new Error('the key stays locked');
    // The library returns what its types say it throws.
    const signature: unknown = unlocked.sign(data, hash);
    if (!Buffer.isBuffer(signature)) throw new Error(String(signature));
    return signature;
  }
}

function isSame(one: ParsedKey, other: ParsedKey): boolean {
  return one.getPublicSSH().equals(other.getPublicSSH());
}
