import { expect, it } from 'vitest';
import { similarJid } from '../../../../client/commands/similar-jid.ts';
import { jid } from '../application-fixture.ts';

const known = [jid('atoll@example.org'), jid('rack1@example.org')];

it.each(['atol@example.org', 'atolll@example.org', 'atill@example.org', 'atlol@example.org'])(
  'finds the JID that %s is one slip away from',
  (typed) => {
    expect(similarJid(jid(typed), known)).toBe('atoll@example.org');
  },
);

it.each(['atoll@example.org', 'lagoon@example.org', 'rack2@example.org'])(
  'takes %s as it is',
  (typed) => {
    expect(similarJid(jid(typed), known)).toBeUndefined();
  },
);
