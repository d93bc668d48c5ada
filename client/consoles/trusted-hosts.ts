import * as v from 'valibot';
import type { AppError } from '../../core/contract/app-error.ts';
import { type EntityId, isOfAccount } from '../../core/domain/entity.ts';
import type { BareJid } from '../../core/domain/jid.ts';
import { ok, type Result } from '../../core/lib/result.ts';
import type { ForgetsAccounts } from '../accounts/forgets-accounts.ts';
import type { Storage, StoredFile } from '../ports.ts';

const FILE: StoredFile = { format: 'trusted-screens', version: 1 };
/** Stands before a hypervisor; no name of a host has a space in it. */
const THROUGH = ' through ';
/** Likewise stands before the host of a proxy. */
const PROXY = 'proxy on ';
const Fingerprints = v.record(v.string(), v.string());

/** Where a certificate is shown: on a host, or where a hypervisor's host sees it, through SSH. */
export interface CertificatePlace {
  readonly host: string;
  readonly isThroughSsh?: boolean | undefined;
  /** Of the proxy there, which has another than the screens behind it. */
  readonly isProxy?: boolean | undefined;
}

/**
 * What stands for such a place among those that are trusted; undefined where SSH leads to a host of
 * which nobody knows whose it is. The loopback of one hypervisor is not that of another.
 */
export function trustedPlace(
  { host, isThroughSsh = false, isProxy = false }: CertificatePlace,
  hypervisor: EntityId | undefined,
): string | undefined {
  const place = isProxy ? `${PROXY}${host}` : host;
  if (!isThroughSsh) return place;
  return hypervisor && `${place}${THROUGH}${hypervisor}`;
}

/** Certificates before screens that the user trusts though nobody vouches for them, one a place. */
export class TrustedHosts implements ForgetsAccounts {
  readonly #storage: Pick<Storage, 'load' | 'save'>;
  #fingerprints: Promise<Map<string, string>> | undefined;

  constructor(storage: Pick<Storage, 'load' | 'save'>) {
    this.#storage = storage;
  }

  /** SHA-256 of the certificate that is trusted in a place. */
  async fingerprint(place: string): Promise<string | undefined> {
    return (await this.#load()).get(place);
  }

  async trust(place: string, fingerprint: string): Promise<Result<undefined, AppError>> {
    const known = await this.#load();
    known.set(place, fingerprint);
    return this.#storage.save(FILE, Object.fromEntries(known));
  }

  /** Forgets what was trusted through an account's hypervisors. Hosts are not an account's. */
  async forgetAccount(account: BareJid): Promise<Result<undefined, AppError>> {
    const known = await this.#load();
    const gone = [...known.keys()].filter((place) =>
      isOfAccount(place.split(THROUGH)[1] ?? '', account),
    );
    for (const place of gone) known.delete(place);
    return gone.length === 0 ? ok(undefined) : this.#storage.save(FILE, Object.fromEntries(known));
  }

  /** Read once; a damaged file only means that the user is asked again. */
  #load(): Promise<Map<string, string>> {
    return (this.#fingerprints ??= this.#storage.load(FILE).then((stored) => {
      const parsed = v.safeParse(Fingerprints, stored.ok ? stored.value : {});
      return new Map(parsed.success ? Object.entries(parsed.output) : []);
    }));
  }
}
