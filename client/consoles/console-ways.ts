import * as v from 'valibot';
import type { AppError } from '../../core/contract/app-error.ts';
import { ConsoleWay } from '../../core/domain/console-way.ts';
import { type EntityId, isOfAccount } from '../../core/domain/entity.ts';
import type { BareJid } from '../../core/domain/jid.ts';
import { ok, type Result } from '../../core/lib/result.ts';
import type { RfbWay } from '../../node/rfb/reach-ways.ts';
import type { ForgetsAccounts } from '../accounts/forgets-accounts.ts';
import type { Storage, StoredFile } from '../ports.ts';

const FILE: StoredFile = { format: 'console-ways', version: 1 };

/** The ways by which the user wants the screens of machines reached. */
export class ConsoleWays implements ForgetsAccounts {
  readonly #storage: Pick<Storage, 'load' | 'save'>;
  #chosen: Promise<Map<string, ConsoleWay>> | undefined;

  constructor(storage: Pick<Storage, 'load' | 'save'>) {
    this.#storage = storage;
  }

  async of(entity: EntityId): Promise<ConsoleWay> {
    return (await this.#load()).get(entity) ?? 'auto';
  }

  /** It counts for this run even when it cannot be stored. */
  async choose(entity: EntityId, way: ConsoleWay): Promise<Result<undefined, AppError>> {
    const chosen = await this.#load();
    if (way === 'auto') chosen.delete(entity);
    else chosen.set(entity, way);
    return this.#storage.save(FILE, Object.fromEntries(chosen));
  }

  /** Forgets what was kept of an account's entities. */
  async forgetAccount(account: BareJid): Promise<Result<undefined, AppError>> {
    const chosen = await this.#load();
    const gone = [...chosen.keys()].filter((entity) => isOfAccount(entity, account));
    for (const entity of gone) chosen.delete(entity);
    return gone.length === 0 ? ok(undefined) : this.#storage.save(FILE, Object.fromEntries(chosen));
  }

  /** Read once. A damaged choice is forgotten and harms no other. */
  #load(): Promise<Map<string, ConsoleWay>> {
    return (this.#chosen ??= this.#storage.load(FILE).then((stored) => {
      const fields = v.safeParse(v.record(v.string(), v.unknown()), stored.ok ? stored.value : {});
      const entries = Object.entries(fields.success ? fields.output : {});
      return new Map(
        entries.flatMap(([entity, value]) => {
          const way = v.safeParse(ConsoleWay, value);
          return way.success ? [[entity, way.output] as const] : [];
        }),
      );
    }));
  }
}

/** Those of the ways that are of the chosen kind, in their order. */
export function waysOfKind(chosen: ConsoleWay, ways: readonly RfbWay[]): readonly RfbWay[] {
  return chosen === 'auto' ? ways : ways.filter((way) => kindOf(way) === chosen);
}

function kindOf({ kind, isThroughSsh = false }: RfbWay): ConsoleWay {
  if (isThroughSsh) return 'ssh';
  return kind === 'tcp' ? 'direct' : 'proxy';
}
