import { resolveSrv } from 'node:dns/promises';
import type { Clock } from './clock.ts';
import { LinkFailureError } from './link-failure.ts';
import type { Endpoint, Resolver, SrvRecord } from './session-options.ts';

const DEFAULT_PORT = 5222;
/** A name server that says nothing must not keep us from the domain's own address. */
const LOOK_UP_MS = 5_000;

/** Asks the operating system's name servers. */
export const systemResolver: Resolver = { resolveSrv };

interface Candidate extends SrvRecord {
  readonly directTls: boolean;
}

/**
 * Where the servers of a domain listen, best first (RFC 6120 §3.2, XEP-0368): the SRV records of
 * both kinds as one list, or the domain itself when it has none. Throws `LinkFailureError`.
 */
export async function findEndpoints(
  domain: string,
  resolver: Resolver,
  random: () => number,
  clock: Clock,
): Promise<readonly Endpoint[]> {
  const [direct, upgraded] = await Promise.all([
    lookUp(resolver, `_xmpps-client._tcp.${domain}`, true, clock),
    lookUp(resolver, `_xmpp-client._tcp.${domain}`, false, clock),
  ]);
  const found = [...direct, ...upgraded];
  const offered = found.filter((record) => record.name !== '' && record.name !== '.');
  // A lone "." is how a domain says that it has no such service.
  if (found.length > 0 && offered.length === 0) {
    throw new LinkFailureError({ code: 'no-service', domain });
  }
  if (offered.length === 0) return [{ host: domain, port: DEFAULT_PORT }];
  return inOrder(offered, random).map(({ name, port, directTls }) => {
    return { host: name, port, directTls };
  });
}

async function lookUp(
  resolver: Resolver,
  name: string,
  directTls: boolean,
  clock: Clock,
): Promise<Candidate[]> {
  return new Promise((resolve) => {
    const cancel = clock.after(LOOK_UP_MS, () => resolve([]));
    const settle = (records: readonly SrvRecord[]): void => {
      cancel();
      resolve(records.map((record) => ({ ...record, directTls })));
    };
    // No record and no answer are alike here: the domain itself is tried next, and says the truth.
    resolver.resolveSrv(name).then(settle, () => settle([]));
  });
}

/** Lowest priority first; within one, drawn by weight (RFC 2782). */
function inOrder(candidates: readonly Candidate[], random: () => number): Candidate[] {
  const priorities = [...new Set(candidates.map((one) => one.priority))].sort((a, b) => a - b);
  return priorities.flatMap((priority) => {
    return drawn(
      candidates.filter((one) => one.priority === priority),
      random,
    );
  });
}

function drawn(candidates: readonly Candidate[], random: () => number): Candidate[] {
  const left = [...candidates];
  const order: Candidate[] = [];
  while (left.length > 0) {
    let ticket = random() * left.reduce((sum, one) => sum + one.weight, 0);
    const index = left.findIndex((one) => (ticket -= one.weight) < 0);
    order.push(...left.splice(Math.max(index, 0), 1));
  }
  return order;
}
