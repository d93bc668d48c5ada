import { keychainFirst, secretName } from '../../client/logs/ssh-secrets.ts';
import type { ConfirmationView } from '../../core/contract/confirmation.ts';
import type { Messages } from '../../core/messages/catalogue.ts';
import type { HostKeyQuestion, SecretQuestion } from '../../core/ssh/ssh-question.ts';
import type { Keychain } from '../../node/keychain/keychain.ts';
import type { Answered } from '../confirmations/confirmations.ts';
import type { AnswerSsh } from '../streams/stream-listeners.ts';

export interface SshAnswersPorts {
  readonly keychain: Keychain;
  /** Asks the user in a window of main's own. */
  readonly ask: (view: ConfirmationView, signal: AbortSignal) => Promise<Answered | undefined>;
  /** The password of the embedded platform's host, where that is who asks. */
  readonly embedded: (address: string) => string | undefined;
  readonly messages: () => Messages;
  readonly note: (where: string, cause: unknown) => void;
}

/** Answers what SSH hosts ask: from the keychain, or from the user. No page sees an answer. */
export class SshAnswers {
  readonly #ports: SshAnswersPorts;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(ports: SshAnswersPorts) {
    this.#ports = ports;
  }

  readonly answer: AnswerSsh = async (question, signal) => {
    if (question.kind === 'host-key') return this.#trusts(question, signal);
    const { embedded, keychain } = this.#ports;
    const known = question.kind === 'password' ? embedded(question.address) : undefined;
    if (known !== undefined) return known;
    return keychainFirst(keychain, (one) => this.#secret(one, signal))(question);
  };

  async #trusts(question: HostKeyQuestion, signal: AbortSignal): Promise<boolean> {
    const { hostKey } = this.#ports.messages().sshQuestions;
    const { host, keyType, fingerprint, isKnownByAuthority } = question;
    const answer = await this.#inTurn(signal, {
      title: hostKey.title(host),
      effect: isKnownByAuthority ? hostKey.authority : hostKey.effect,
      targets: [{ text: keyType }, { text: fingerprint }],
      verb: hostKey.verb,
      destructive: false,
    });
    return answer !== undefined;
  }

  async #secret(question: SecretQuestion, signal: AbortSignal): Promise<string | undefined> {
    const answer = await this.#inTurn(signal, secretView(question, this.#ports.messages()));
    const name = secretName(question);
    if (answer?.isKept === true && name !== undefined) {
      const kept = await this.#ports.keychain.set(name, answer.typed);
      // It serves this time; the next time it is asked for again.
      if (!kept.ok) this.#ports.note('keychain', kept.error.code);
    }
    return answer?.typed;
  }

  /** Several hosts ask at once; one window at a time is open. */
  #inTurn(signal: AbortSignal, view: ConfirmationView): Promise<Answered | undefined> {
    const answered = this.#turn.then(() =>
      signal.aborted ? undefined : this.#ports.ask(view, signal),
    );
    this.#turn = answered.catch(() => undefined);
    return answered;
  }
}

/** The window in which a secret is asked for. */
function secretView(
  question: SecretQuestion,
  { sshQuestions: words }: Pick<Messages, 'sshQuestions'>,
): ConfirmationView {
  const common = { verb: words.verb, destructive: false };
  if (question.kind === 'prompt') {
    const { user, address, instructions, prompt, isEchoed } = question;
    const said = [instructions].filter((text) => text.trim() !== '').map(plain);
    return {
      ...common,
      title: words.prompt.title(user, address),
      effect: words.prompt.effect,
      targets: said.map((text) => ({ text })),
      secret: { label: plain(prompt), isShown: isEchoed, canBeKept: false },
    };
  }
  const { label, title, effect } = asked(question, words);
  const secret = { label, isShown: false, canBeKept: true };
  return { ...common, title, effect, targets: [], secret };
}

function asked(
  question: Exclude<SecretQuestion, { readonly kind: 'prompt' }>,
  { passphrase, password }: Messages['sshQuestions'],
): Readonly<Record<'label' | 'title' | 'effect', string>> {
  if (question.kind === 'passphrase') {
    const { file, isAgain } = question;
    const effect = isAgain ? passphrase.again(file) : passphrase.effect(file);
    return { label: passphrase.label, title: passphrase.title, effect };
  }
  const { user, address, isAgain } = question;
  const effect = isAgain ? password.again : password.effect;
  return { label: password.label, title: password.title(user, address), effect };
}

const LONGEST = 300;

/** Words of a host, on one line. */
function plain(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .slice(0, LONGEST);
}
