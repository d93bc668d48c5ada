import type { AnyAuthMethod, ParsedKey, Prompt } from 'ssh2';
import type { SecretQuestion } from '../../core/ssh/ssh-question.ts';
import { readIdentities, type Identity, type UnusableIdentity } from './identities.ts';
import { KeyFileAgent, UserAgent } from './key-agents.ts';
import { SshFailureError } from './ssh-failure-error.ts';
import type { SshEndpoint } from './ssh-endpoint.ts';

const PASSWORD_TRIES = 3;
const PASSPHRASE_TRIES = 3;
/** The most that is taken of what a host says with its questions, in characters. */
const MOST_WORDS = 2000;

/** Asks for a secret; the time that the user takes does not count. */
type Ask = (question: SecretQuestion) => Promise<string | undefined>;

/**
 * The ways to log in, one after the other: the agent's keys, the key files, the host's own questions,
 * a password. Each is tried only where the host accepts it.
 */
export class Authentication {
  readonly #endpoint: SshEndpoint;
  readonly #address: string;
  readonly #ask: Ask;
  readonly #tried: string[] = [];
  readonly #unusable: UnusableIdentity[] = [];
  #offered: readonly string[] = [];
  #ways: AsyncGenerator<AnyAuthMethod, undefined> | undefined;
  #isCancelled = false;

  constructor(endpoint: SshEndpoint, address: string, ask: Ask) {
    this.#endpoint = endpoint;
    this.#address = address;
    this.#ask = ask;
  }

  /** What was tried last, which is what let the user in where somebody did; '' for nothing at all. */
  get last(): string {
    return this.#tried.at(-1) ?? '';
  }

  /** What failed, once the host has refused everything. */
  failure(): SshFailureError {
    if (this.#isCancelled) return new SshFailureError({ code: 'cancelled' });
    const [unusable] = this.#unusable;
    if (unusable && this.#tried.length === 0) {
      return new SshFailureError({ code: 'ssh-key-unreadable', ...unusable });
    }
    return new SshFailureError({
      code: 'ssh-denied',
      address: this.#address,
      user: this.#endpoint.user,
      tried: this.#tried,
      offered: this.#offered,
    });
  }

  /** The next way; false where there is none left. `offered` is what the host would accept now. */
  async next(offered: readonly string[] | null): Promise<AnyAuthMethod | false> {
    if (offered) this.#offered = offered;
    this.#ways ??= this.#allWays();
    const way = await this.#ways.next();
    return way.done === true || this.#isCancelled ? false : way.value;
  }

  async *#allWays(): AsyncGenerator<AnyAuthMethod, undefined> {
    const { user: username } = this.#endpoint;
    const none = { type: 'none' as const, username };
    yield none;
    if (this.#accepts('publickey')) {
      yield* this.#keyWays();
      // The host may want a second proof after a key; only this question tells.
      yield none;
    }
    if (this.#accepts('keyboard-interactive')) yield* this.#promptWays();
    if (this.#accepts('password')) yield* this.#passwordWays();
  }

  #accepts(method: string): boolean {
    return !this.#isCancelled && this.#offered.includes(method);
  }

  async *#keyWays(): AsyncGenerator<AnyAuthMethod, undefined> {
    const { user: username, agent, hasOnlyNamedIdentities, identityFiles } = this.#endpoint;
    const { identities, unusable } = await readIdentities(identityFiles);
    this.#unusable.push(...unusable);
    if (agent !== undefined) {
      const named = identities.map(({ publicKey }) => publicKey);
      this.#tried.push('agent');
      const only = hasOnlyNamedIdentities ? named : undefined;
      yield { type: 'agent', username, agent: new UserAgent(agent, only) };
    }
    if (identities.length === 0) return;
    this.#tried.push(...identities.map(({ file }) => `key ${file}`));
    const files = new KeyFileAgent(identities, (identity) => this.#unlocked(identity));
    yield { type: 'agent', username, agent: files };
  }

  async #unlocked(identity: Identity): Promise<ParsedKey | undefined> {
    if (!identity.isEncrypted) return identity.unlock(undefined);
    for (let tries = 0; tries < PASSPHRASE_TRIES; tries += 1) {
      const question = { kind: 'passphrase', file: identity.file, isAgain: tries > 0 } as const;
      const passphrase = await this.#answer(question);
      if (passphrase === undefined) return undefined;
      const key = identity.unlock(passphrase);
      if (key) return key;
    }
    return undefined;
  }

  async *#promptWays(): AsyncGenerator<AnyAuthMethod, undefined> {
    const { user } = this.#endpoint;
    this.#tried.push('keyboard-interactive');
    yield {
      type: 'keyboard-interactive',
      username: user,
      prompt: (_name, instructions, _language, prompts, finish) => {
        void this.#answers(instructions, prompts).then(finish);
      },
    };
  }

  async #answers(instructions: string, prompts: readonly Prompt[]): Promise<string[]> {
    const answers: string[] = [];
    const { user } = this.#endpoint;
    const said = instructions.slice(0, MOST_WORDS);
    for (const { prompt, echo } of prompts) {
      const asked = { instructions: said, prompt: prompt.slice(0, MOST_WORDS) };
      const about = { user, address: this.#address, ...asked };
      const question = { kind: 'prompt', ...about, isEchoed: echo === true } as const;
      answers.push((await this.#answer(question)) ?? '');
    }
    return answers;
  }

  async *#passwordWays(): AsyncGenerator<AnyAuthMethod, undefined> {
    const { user } = this.#endpoint;
    this.#tried.push('password');
    for (let tries = 0; tries < PASSWORD_TRIES; tries += 1) {
      const about = { user, address: this.#address, isAgain: tries > 0 };
      const password = await this.#answer({ kind: 'password', ...about });
      if (password === undefined) return undefined;
      yield { type: 'password', username: user, password };
    }
  }

  async #answer(question: SecretQuestion): Promise<string | undefined> {
    if (this.#isCancelled) return undefined;
    const answer = await this.#ask(question);
    if (answer === undefined) this.#isCancelled = true;
    return answer;
  }
}
