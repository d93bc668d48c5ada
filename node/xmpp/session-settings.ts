import { accountParts } from './addresses.ts';
import { systemClock } from './clock.ts';
import { systemResolver } from './endpoints.ts';
import type { LinkSettings } from './link-input.ts';
import type { Credentials } from './negotiation.ts';
import type { SessionOptions } from './session-options.ts';

const DEPTH_MAX = 64;
const MEBIBYTE = 1024 * 1024;
/** Room for 150,000 contacts with long names in two groups each. */
const ROSTER = { bytes: 32 * MEBIBYTE, elements: 500_000 };

/** What a session was asked for, with every default filled in. */
export interface SessionSettings {
  readonly link: LinkSettings;
  readonly credentials: Omit<Credentials, 'rememberedMechanism'>;
  readonly maxDelayMs: number;
  readonly stableAfterMs: number;
  readonly redact: (text: string) => string;
}

export function sessionSettings(options: SessionOptions): SessionSettings {
  const account = options.jid.toLowerCase();
  const { user } = accountParts(account);
  return {
    link: linkSettings(account, options),
    credentials: { user, password: options.password, scramKeys: options.scramKeys },
    maxDelayMs: options.reconnect?.maxDelayMs ?? 30_000,
    stableAfterMs: options.reconnect?.stableAfterMs ?? 30_000,
    // Without a redactor nothing is shown, rather than everything.
    redact: options.redact ?? (() => ''),
  };
}

function linkSettings(account: string, options: SessionOptions): LinkSettings {
  return {
    account,
    domain: accountParts(account).domain,
    resource: options.resource,
    endpoint: options.endpoint,
    transport: options.transport,
    tls: options.tls ?? {},
    streamManagement: options.streamManagement ?? true,
    ...bounds(account, options),
    clock: options.clock ?? systemClock,
    random: options.random ?? Math.random,
    resolver: options.resolver ?? systemResolver,
  };
}

function bounds(
  account: string,
  { limits = {}, keepAlive = {}, stepTimeoutMs = 15_000 }: SessionOptions,
): Pick<LinkSettings, 'limits' | 'keepAlive' | 'stepTimeoutMs'> {
  return {
    limits: {
      stanzaBytes: limits.stanzaBytes ?? 4 * MEBIBYTE,
      stanzaElements: limits.stanzaElements ?? 200_000,
      depth: DEPTH_MAX,
      roster: { account, ...ROSTER },
      outgoingBytes: limits.outgoingBytes ?? 16 * MEBIBYTE,
    },
    keepAlive: {
      idleMs: keepAlive.idleMs ?? 60_000,
      answerMs: keepAlive.answerMs ?? 20_000,
    },
    stepTimeoutMs,
  };
}
