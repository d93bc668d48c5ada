import type { SecretQuestion } from '../../core/ssh/ssh-question.ts';
import type { Keychain } from '../ports.ts';

/** The name of a secret in the keychain; undefined for what is asked each time, such as a one-time code. */
export function secretName(question: SecretQuestion): string | undefined {
  switch (question.kind) {
    case 'passphrase':
      return `ssh-key:${question.file}`;
    case 'password':
      return `ssh:${question.user}@${question.address}`;
    case 'prompt':
      return undefined;
  }
}

/** Looks into the keychain before somebody is asked; what did not fit is not taken from it again. */
export function keychainFirst(
  keychain: Pick<Keychain, 'get'>,
  ask: (question: SecretQuestion) => Promise<string | undefined>,
): (question: SecretQuestion) => Promise<string | undefined> {
  return async (question) => {
    const name = secretName(question);
    if (name === undefined || (question.kind !== 'prompt' && question.isAgain))
      return ask(question);
    const kept = await keychain.get(name);
    return kept.ok && kept.value !== undefined ? kept.value : ask(question);
  };
}
