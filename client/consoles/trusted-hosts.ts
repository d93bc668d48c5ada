import * as v from 'valibot';
import type { AppError } from '../../core/contract/app-error.ts';
import type { Result } from '../../core/lib/result.ts';
import type { Storage, StoredFile } from '../ports.ts';

const FILE: StoredFile = { format: 'trusted-screens', version: 1 };
const Fingerprints = v.record(v.string(), v.string());

/** Certificates before screens that the user trusts though nobody vouches for them, one a host. */
export class TrustedHosts {
  readonly #storage: Pick<Storage, 'load' | 'save'>;
  #fingerprints: Promise<Map<string, string>> | undefined;

  constructor(storage: Pick<Storage, 'load' | 'save'>) {
    this.#storage = storage;
  }

  /** SHA-256 of the certificate that is trusted on a host. */
  async fingerprint(host: string): Promise<string | undefined> {
    return (await this.#load()).get(host);
  }

  async trust(host: string, fingerprint: string): Promise<Result<undefined, AppError>> {
    const known = await this.#load();
    known.set(host, fingerprint);
    return this.#storage.save(FILE, Object.fromEntries(known));
  }

  /** Read once; a damaged file only means that the user is asked again. */
  #load(): Promise<Map<string, string>> {
    return (this.#fingerprints ??= this.#storage.load(FILE).then((stored) => {
      const parsed = v.safeParse(Fingerprints, stored.ok ? stored.value : {});
      return new Map(parsed.success ? Object.entries(parsed.output) : []);
    }));
  }
}
