import type { BareJid } from '../../core/domain/jid.ts';
import type { XmlElement } from '../../core/xml/element.ts';
import { childrenNamed } from './element-access.ts';
import type { Fault, FaultEffect, FaultMatch, FaultSwitch } from './faults.ts';
import { type Answer, refused, type Request, type RequestHandler, result } from './requests.ts';

const PLAIN_EFFECTS = [
  'drop',
  'cut-before-delivery',
  'cut-after-delivery',
  'cut-before-answer',
  'malformed',
  'not-implemented',
  'permission-denied',
  'broken-vcard',
] as const;

/** More than this no test needs, and the server must not run out of memory by a slip. */
const MOST_BYTES = 64 * 1024 * 1024;

function whole(text: string | undefined, most: number): number | undefined {
  const value = text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
  return value !== undefined && value <= most ? value : undefined;
}

function readEffect(element: XmlElement): FaultEffect | undefined {
  const { effect, ms, bytes, condition } = element.attributes;
  const plain = PLAIN_EFFECTS.find((kind) => kind === effect);
  if (plain) return { kind: plain };
  if (effect === 'late') {
    const delay = whole(ms, 3_600_000);
    return delay === undefined ? undefined : { kind: 'late', ms: delay };
  }
  if (effect === 'huge-avatar') {
    const size = whole(bytes, MOST_BYTES);
    return size === undefined ? undefined : { kind: 'huge-avatar', bytes: size };
  }
  const known = (['internal-server-error', 'service-unavailable'] as const).find(
    (name) => name === condition,
  );
  return effect === 'error' && known ? { kind: 'error', condition: known } : undefined;
}

function readMatch({ attributes }: XmlElement): FaultMatch {
  const entries = (['to', 'from', 'namespace', 'action'] as const).flatMap((key) => {
    const value = attributes[key];
    return value === undefined ? [] : [[key, value] as const];
  });
  return Object.fromEntries(entries);
}

function readFault(element: XmlElement): Fault | undefined {
  const effect = readEffect(element);
  if (!effect) return undefined;
  const fault = { match: readMatch(element), effect };
  const times = whole(element.attributes['times'], 1_000_000);
  return times === undefined ? fault : { ...fault, times };
}

/**
 * Lets an administrator steer the fault switch over the wire: a `set` with `<fault effect=… to=… namespace=…
 * action=… times=…/>` children replaces all faults, none of them switches all off.
 */
export function faultHandler(
  faults: FaultSwitch,
  isAdmin: (account: BareJid) => boolean,
): RequestHandler {
  return (request: Request): Answer => {
    if (!isAdmin(request.from.bare)) return refused('forbidden');
    if (request.type !== 'set') return refused('bad-request');
    const wanted = childrenNamed(request.payload, 'fault').map(readFault);
    const readable = wanted.filter((fault) => fault !== undefined);
    if (readable.length < wanted.length) return refused('bad-request');
    faults.clear();
    for (const fault of readable) faults.add(fault);
    return result();
  };
}
