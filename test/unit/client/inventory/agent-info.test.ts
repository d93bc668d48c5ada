import { expect, it } from 'vitest';
import { sharedHash } from '../../../../client/inventory/agent-info.ts';
import { agentAnnouncement } from '../../../../core/protocol/agent-announcement.ts';
import { capabilityHash, STANDARD_FEATURES } from '../../../../node/xmpp/capabilities.ts';
import type { Identity } from '../../../../node/xmpp/disco.ts';

const { identities, features: own } = agentAnnouncement('hypervisor', () => true);
const FEATURES = [...STANDARD_FEATURES, ...own];
const HASH = capabilityHash(identities, FEATURES);
const [first = '', ...rest] = [...FEATURES].sort();

it('has one hash for all who say the same', () => {
  expect(sharedHash({ identities, features: new Set(FEATURES), form: undefined })).toBe(HASH);
});

it.each<[string, readonly Identity[], readonly string[]]>([
  ['its identity is a feature', [], ['archipel/hypervisor//Archipel agent', ...FEATURES]],
  ['two features are one', identities, [`${first}<${rest[0]}`, ...rest.slice(1)]],
  [
    'a feature is in a name',
    [{ category: 'archipel', type: 'hypervisor', name: `Archipel agent<${first}` }],
    rest,
  ],
])('is not shared by an answer of the same hash where %s', (_, forged, features) => {
  expect(capabilityHash(forged, features)).toBe(HASH);
  const answer = { identities: forged, features: new Set(features), form: undefined };
  expect(sharedHash(answer)).toBeUndefined();
});
