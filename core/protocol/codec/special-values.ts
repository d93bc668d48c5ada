import type { BareJid, Jid } from '../../domain/jid.ts';
import { parseJid } from '../../domain/jid.ts';
import { isUuid } from '../../domain/uuid.ts';
import type { Result } from '../../lib/result.ts';
import { err, ok } from '../../lib/result.ts';
import type { ReadProblemKind } from './problem.ts';
import type { ValueCodec } from './value.ts';
import { carriable } from './value.ts';

function special<T extends string>(
  name: string,
  samples: readonly string[],
  read: (text: string) => Result<T, ReadProblemKind>,
): ValueCodec<T> {
  return { shape: { type: 'special', name, samples }, read, write: (value) => value };
}

/** Python's None would pass for the JID of a server. */
function jidIn(text: string): Jid | undefined {
  return text.trim() === 'None' ? undefined : parseJid(text.trim());
}

/** A JID without resource; one with a resource is accepted and loses it. */
export function bareJid(): ValueCodec<BareJid> {
  return special('bare JID', ['carol@example.org', 'node7@example.org'], (given) => {
    const jid = jidIn(given);
    return jid === undefined ? err('not-a-jid') : ok(jid.bare);
  });
}

/** A JID as given, bare or full: original agents are not consistent about which one they send. */
export function anyJid(): ValueCodec<string> {
  return special('JID', ['carol@example.org', 'node7@example.org/rack2'], (given) => {
    return jidIn(given) === undefined ? err('not-a-jid') : ok(given.trim());
  });
}

/** A JID that has a resource. Writing another one throws: agents wait for ever for who cannot answer. */
export function fullJid(): ValueCodec<string> {
  const codec = special<string>('full JID', ['node7@example.org/rack2'], (given) => {
    const jid = given.trim();
    return parseJid(jid)?.resource === undefined ? err('not-a-jid') : ok(jid);
  });
  return {
    ...codec,
    write: (value) => {
      if (!codec.read(value).ok) throw new Error(`${value} is not a full JID`);
      return value;
    },
  };
}

/** A UUID, lower-cased. */
export function uuid(): ValueCodec<string> {
  return special('UUID', ['0b5d1d0e-6f3a-4c55-9d0f-1b8f5a2e7c41'], (given) => {
    const lower = given.trim().toLowerCase();
    return isUuid(lower) ? ok(lower) : err('not-a-uuid');
  });
}

/** A date and time without zone, in the local time of the sender: `2026-03-01 09:30:00.250000`. */
export function localDateTime(): ValueCodec<string> {
  const samples = ['2026-03-01 09:30:00.250000', '2026-03-01 09:30:00'];
  return special('local date and time', samples, (given) => {
    const isDate = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(?:\.\d{1,6})?$/.test(given.trim());
    return isDate ? ok(given.trim()) : err('not-a-date');
  });
}

/** Binary data in base64; line breaks inside are dropped. */
export function base64(): ValueCodec<string> {
  return special('base64', ['aGVsbG8=', 'AAEC'], (given) => {
    const dense = given.replaceAll(/\s+/g, '');
    return dense.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(dense)
      ? ok(dense)
      : err('not-base64');
  });
}

/** A share in percent with its sign: `33%`. */
export function percent(): ValueCodec<number> {
  return {
    shape: { type: 'special', name: 'percent', samples: [0, 33, 100] },
    read: (given) => {
      const match = /^(\d+(?:\.\d+)?)\s*%?$/.exec(given.trim());
      return match === null ? err('not-a-number') : ok(Number(match[1]));
    },
    write: (value) => `${value}%`,
  };
}

/** Several texts in one, separated by `separator`; empty ones are left out. */
export function joined(separator: string): ValueCodec<readonly string[]> {
  const samples = [[], ['production'], ['lab', 'second floor']];
  return {
    shape: { type: 'special', name: `texts joined by ${separator}`, samples },
    read: (given) => ok(given.split(separator).filter((one) => one !== '')),
    write: (value) => carriable(value.join(separator)),
  };
}
