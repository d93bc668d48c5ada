import { keychainFirst } from '../../client/logs/ssh-secrets.ts';
import type { Keychain } from '../../client/ports.ts';
import type { HostKeyQuestion, SecretQuestion, SshQuestions } from '../../core/ssh/ssh-question.ts';
import { SystemKeychain } from '../../node/keychain/keychain.ts';
import { askYes } from '../prompt/confirm.ts';
import { plain } from '../output/plain.ts';
import { askPassword } from '../prompt/password.ts';
import { canAnswer, ownTerminal, type Terminal } from '../prompt/terminal.ts';

/**
 * Answers what SSH hosts ask: keys by `--trust-host-key` or at the terminal, secrets from the keychain,
 * the terminal, or line by line from standard input.
 */
export class SshAnswers implements SshQuestions {
  readonly #trusted: readonly string[];
  readonly #terminal: Terminal;
  readonly #ask: SshQuestions['secret'];
  #turn: Promise<unknown> = Promise.resolve();

  constructor(
    trusted: readonly string[],
    terminal: Terminal = ownTerminal,
    keychain: Pick<Keychain, 'get'> = new SystemKeychain(),
  ) {
    this.#trusted = trusted;
    this.#terminal = terminal;
    this.#ask = keychainFirst(keychain, (question) => this.#inTurn(question));
  }

  async trustHostKey({
    host,
    keyType,
    fingerprint,
    isKnownByAuthority,
  }: HostKeyQuestion): Promise<boolean | undefined> {
    if (this.#trusted.includes(fingerprint)) return true;
    const authority = isKnownByAuthority
      ? ' It is known by its certificate authority, but certificates are not supported: this is its plain key.'
      : '';
    const named = `${host} is not known. Its key (${keyType}) is ${fingerprint}.`;
    const question = `${plain(named)}${authority}`;
    if (canAnswer(this.#terminal)) {
      return this.#queue(() => askYes(`${question} Trust it?`, this.#terminal));
    }
    this.#terminal.output.write(
      `${question} If it is right, give --trust-host-key ${fingerprint}\n`,
    );
    return false;
  }

  secret(question: SecretQuestion): Promise<string | undefined> {
    return this.#ask(question);
  }

  /** Several hosts ask at once; a terminal has one line. */
  #inTurn(question: SecretQuestion): Promise<string | undefined> {
    return this.#queue(() => askPassword(this.#terminal, plain(wordsOf(question))));
  }

  #queue<T>(ask: () => Promise<T>): Promise<T> {
    const answered = this.#turn.then(ask);
    this.#turn = answered.catch(() => undefined);
    return answered;
  }
}

function wordsOf(question: SecretQuestion): string {
  if (question.kind === 'prompt') return `${question.address}: ${question.prompt} `;
  const again = question.isAgain ? 'That was not it. ' : '';
  return question.kind === 'passphrase'
    ? `${again}Passphrase of ${question.file}: `
    : `${again}Password of ${question.user} at ${question.address}: `;
}
