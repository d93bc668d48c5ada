import type * as KeytarModule from 'keytar';
import { err, ok, type Result } from '../../core/lib/result.ts';

/** Why the operating system's keychain did not serve; the codes are those of the app's errors. */
export type KeychainFault =
  | { readonly code: 'keychain-absent'; readonly detail: string }
  | { readonly code: 'keychain-locked'; readonly detail: string };

/** Secrets by name. There is no other place for them: no keychain means asking each time. */
export interface Keychain {
  get(name: string): Promise<Result<string | undefined, KeychainFault>>;
  set(name: string, secret: string): Promise<Result<undefined, KeychainFault>>;
  delete(name: string): Promise<Result<undefined, KeychainFault>>;
}

const SERVICE = 'org.archipel.desktop';

/** The keychain of the operating system: Keychain on macOS, Credential Vault, the Secret Service. */
export class SystemKeychain implements Keychain {
  readonly #service: string;

  constructor(service = SERVICE) {
    this.#service = service;
  }

  get(name: string): Promise<Result<string | undefined, KeychainFault>> {
    return attempt(async (keytar) => (await keytar.getPassword(this.#service, name)) ?? undefined);
  }

  set(name: string, secret: string): Promise<Result<undefined, KeychainFault>> {
    return attempt(async (keytar) => {
      await keytar.setPassword(this.#service, name, secret);
      return undefined;
    });
  }

  delete(name: string): Promise<Result<undefined, KeychainFault>> {
    return attempt(async (keytar) => {
      await keytar.deletePassword(this.#service, name);
      return undefined;
    });
  }
}

type Keytar = typeof KeytarModule;

async function attempt<T>(work: (keytar: Keytar) => Promise<T>): Promise<Result<T, KeychainFault>> {
  try {
    return ok(await work(await load()));
  } catch (cause) {
    return err(faultOf(cause instanceof Error ? cause.message : String(cause)));
  }
}

/** Loaded at first use: a machine without libsecret can still run everything that needs no secret. */
async function load(): Promise<Keytar> {
  const module: Keytar & { readonly default?: Keytar } = await import('keytar');
  return module.default ?? module;
}

/** The library passes on the platform's words and has no codes, so the words decide. */
function faultOf(detail: string): KeychainFault {
  const locked = /locked|cancel|dismissed|denied|not allowed|interaction/i.test(detail);
  return { code: locked ? 'keychain-locked' : 'keychain-absent', detail };
}
