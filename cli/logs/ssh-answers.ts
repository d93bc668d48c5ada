import { createInterface, type Interface } from 'node:readline';
import { keychainFirst } from '../../client/logs/ssh-secrets.ts';
import type { HostKeyQuestion, SecretQuestion, SshQuestions } from '../../core/ssh/ssh-question.ts';
import { SystemKeychain } from '../../node/keychain/keychain.ts';
import { askYes } from '../prompt/confirm.ts';
import { plain } from '../output/plain.ts';
import { askPassword } from '../prompt/password.ts';

/**
 * Answers what SSH hosts ask: keys by `--trust-host-key` or at the terminal, secrets from the keychain,
 * the terminal, or line by line from standard input.
 */
export class SshAnswers implements SshQuestions {
  readonly #trusted: readonly string[];
  readonly #ask = keychainFirst(new SystemKeychain(), (question) => this.#inTurn(question));
  #turn: Promise<unknown> = Promise.resolve();
  #lines: AsyncIterator<string> | undefined;
  #input: Interface | undefined;

  constructor(trusted: readonly string[]) {
    this.#trusted = trusted;
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
    if (process.stdin.isTTY) return this.#queue(() => askYes(`${question} Trust it?`));
    process.stderr.write(`${question} If it is right, give --trust-host-key ${fingerprint}\n`);
    return false;
  }

  secret(question: SecretQuestion): Promise<string | undefined> {
    return this.#ask(question);
  }

  close(): void {
    this.#input?.close();
  }

  /** Several hosts ask at once; a terminal has one line. */
  #inTurn(question: SecretQuestion): Promise<string | undefined> {
    return this.#queue(() => {
      if (!process.stdin.isTTY) return this.#nextLine();
      const terminal = { input: process.stdin, output: process.stderr };
      return askPassword(terminal, plain(wordsOf(question)));
    });
  }

  #queue<T>(ask: () => Promise<T>): Promise<T> {
    const answered = this.#turn.then(ask);
    this.#turn = answered.catch(() => undefined);
    return answered;
  }

  async #nextLine(): Promise<string | undefined> {
    if (!this.#lines) {
      this.#input = createInterface({ input: process.stdin });
      this.#lines = this.#input[Symbol.asyncIterator]();
    }
    const line = await this.#lines.next();
    return line.done === true ? undefined : line.value;
  }
}

function wordsOf(question: SecretQuestion): string {
  if (question.kind === 'prompt') return `${question.address}: ${question.prompt} `;
  const again = question.isAgain ? 'That was not it. ' : '';
  return question.kind === 'passphrase'
    ? `${again}Passphrase of ${question.file}: `
    : `${again}Password of ${question.user} at ${question.address}: `;
}
