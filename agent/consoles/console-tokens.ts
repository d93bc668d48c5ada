import { createHash, randomBytes } from 'node:crypto';
import type { Duplex } from 'node:stream';
import type { BareJid } from '../../core/domain/jid.ts';
import type { Result } from '../../core/lib/result.ts';

/** Opens what is behind a token; the error is one sentence for a log. */
export type OpenConsole = () => Promise<Result<Duplex, string>>;

interface Grant {
  readonly user: BareJid;
  readonly uuid: string;
  readonly validUntilMs: number;
  readonly open: OpenConsole;
}

/** How long a token can be used: time enough for one answer and one connection. */
export const TOKEN_SECONDS = 30;

/** Whoever asks for more within half a minute loses the oldest of their own; of all, the oldest goes. */
const [MOST_OF_USER, MOST_GRANTS] = [200, 5000];

/** Tokens that each open one console of one machine once, and only for a while. */
export class ConsoleTokens {
  readonly #nowMs: () => number;
  /** By a digest of the token, so that how long a look takes says nothing of it. */
  readonly #grants = new Map<string, Grant>();

  /** `nowMs` never goes back. */
  constructor(nowMs: () => number = () => performance.now()) {
    this.#nowMs = nowMs;
  }

  issue(user: BareJid, uuid: string, open: OpenConsole): string {
    const now = this.#nowMs();
    for (const [digest, { validUntilMs }] of this.#grants) {
      if (validUntilMs > now && this.#grants.size < MOST_GRANTS) break;
      this.#grants.delete(digest);
    }
    this.#boundOf(user);
    const token = randomBytes(24).toString('base64url');
    const validUntilMs = now + TOKEN_SECONDS * 1000;
    this.#grants.set(digestOf(token), { user, uuid, validUntilMs, open });
    return token;
  }

  #boundOf(user: BareJid): void {
    let count = 0;
    let oldest: string | undefined;
    for (const [digest, grant] of this.#grants) {
      if (grant.user !== user) continue;
      count += 1;
      oldest ??= digest;
    }
    if (count >= MOST_OF_USER && oldest !== undefined) this.#grants.delete(oldest);
  }

  /** What a token opens on a machine; whoever shows it, it is void from then on. */
  take(uuid: string, token: string): OpenConsole | undefined {
    const digest = digestOf(token);
    const grant = this.#grants.get(digest);
    this.#grants.delete(digest);
    if (grant?.uuid !== uuid || grant.validUntilMs <= this.#nowMs()) return undefined;
    return grant.open;
  }
}

function digestOf(token: string): string {
  return createHash('sha256').update(token).digest('base64');
}
