import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HypervisorPresence } from '../../../../core/protocol/agent-presence.ts';
import {
  readCentralAgentPresence,
  readHypervisorPresence,
  writeHypervisorPresence,
} from '../../../../core/protocol/agent-presence.ts';
import { stateShown } from '../../../../core/protocol/entity-state.ts';
import { readPresence, writePresence } from '../../../../core/protocol/presence.ts';
import type { Activity, Mishap } from '../../../../core/protocol/presence-words.ts';
import { ACTIVITIES, MISHAPS } from '../../../../core/protocol/presence-words.ts';
import type { VmPresence } from '../../../../core/protocol/vm-presence.ts';
import {
  isPassing,
  readVmPresence,
  writeVmPresence,
} from '../../../../core/protocol/vm-presence.ts';
import { el } from '../../../../core/xml/element.ts';
import { readerOf } from '../../../../core/xml/reader.ts';

const activities = Object.keys(ACTIVITIES) as Activity[];
const mishaps = Object.keys(MISHAPS) as Mishap[];

const vmPresence: fc.Arbitrary<VmPresence> = fc.oneof(
  fc.record({
    state: fc.constantFrom(
      ...(['offline', 'available', 'shutting-down', 'crashed', 'libvirt-lost'] as const),
    ),
  }),
  fc.record({ state: fc.constantFrom(...(['running', 'paused', 'off', 'undefined'] as const)) }),
  fc.record({
    state: fc.constantFrom(...(['running', 'paused', 'off'] as const)),
    mishap: fc.constantFrom(...mishaps),
  }),
  fc.constantFrom(...activities).map((activity): VmPresence => {
    const isNamed = ACTIVITIES[activity].includes('%');
    return isNamed ? { state: 'busy', activity, peer: 'mail $& 2' } : { state: 'busy', activity };
  }),
  fc.record({ state: fc.constant('migrating' as const), percent: fc.nat({ max: 100 }) }),
);

describe('the presence of a virtual machine', () => {
  it.each([
    [{ status: 'Running' }, { state: 'running' }],
    [{ show: 'away', status: 'Paused' }, { state: 'paused' }],
    [{ show: 'xa', status: 'Off' }, { state: 'off' }],
    [{ status: 'Shut off' }, { state: 'off' }],
    [{ show: 'xa', status: 'Not defined' }, { state: 'undefined' }],
    [{ show: 'xa', status: 'Crashed' }, { state: 'crashed' }],
    [{ status: 'Shutting down...' }, { state: 'shutting-down' }],
    [{ show: 'dnd', status: 'Libvirt connection lost' }, { state: 'libvirt-lost' }],
    [
      { show: 'dnd', status: 'Cloning to mail-2' },
      { state: 'busy', activity: 'cloning-to', peer: 'mail-2' },
    ],
    [
      { show: 'dnd', status: 'Snapshoting...' },
      { state: 'busy', activity: 'taking-snapshot' },
    ],
    [
      { show: 'dnd', status: 'Polishing...' },
      { state: 'busy', activity: undefined },
    ],
    [
      { show: 'away', status: 'Migrating - 42%' },
      { state: 'migrating', percent: 42 },
    ],
    [{ status: 'Migrating - 640%' }, { state: 'migrating', percent: 100 }],
    [
      { show: 'xa', status: 'Error while reverting.' },
      { state: 'off', mishap: 'snapshot-revert-failed' },
    ],
    [{ status: 'Migration aborted' }, { state: 'running', mishap: 'migration-aborted' }],
    [{ status: 'constructor' }, { state: 'running' }],
    [{}, { state: 'available' }],
    [{ type: 'unavailable', status: 'Running' }, { state: 'offline' }],
  ] as const)('%j means %j', (presence, expected) => {
    expect(readVmPresence(presence)).toEqual(expected);
  });

  it('is read back as it was written', () => {
    fc.assert(
      fc.property(vmPresence, (value) => {
        const stanza = readerOf(writePresence(writeVmPresence(value)));
        expect(readVmPresence(readPresence(stanza))).toEqual(value);
      }),
    );
  });

  it('of a crash means nothing until it lasts, as original agents send it in every shutdown', () => {
    expect(isPassing({ state: 'crashed' })).toBe(true);
    expect(isPassing({ state: 'off' })).toBe(false);
  });

  it('keeps its show while it migrates', () => {
    expect(writeVmPresence({ state: 'migrating', percent: 7 }, 'away')).toEqual({
      show: 'away',
      status: 'Migrating - 7%',
    });
  });
});

const hypervisors: [string, HypervisorPresence][] = [
  ['⚭ Online (12)', { state: 'available', machines: 12, hasCentralAgent: true }],
  ['Online (0) — no VT', { state: 'available', machines: 0, lacksVirtualisation: true }],
  ['Online (Initializing...)', { state: 'available', activity: 'initializing' }],
  [
    '⚭ Online (Allocating vm...)',
    { state: 'available', activity: 'allocating', hasCentralAgent: true },
  ],
  [
    'Online (Waiting 117s for central-agent)',
    { state: 'available', activity: 'waiting', waitSeconds: 117 },
  ],
  ['Downloading appliance...', { state: 'available', activity: 'downloading' }],
];

describe('the presence of a hypervisor', () => {
  it.each(hypervisors)('%j is read and written', (status, expected) => {
    expect(readHypervisorPresence({ status })).toEqual(expected);
    expect(writeHypervisorPresence(expected)).toEqual({ status });
  });

  it('says when libvirt is lost, and when it is gone itself', () => {
    expect(readHypervisorPresence(writeHypervisorPresence({ state: 'libvirt-lost' }))).toEqual({
      state: 'libvirt-lost',
    });
    expect(readHypervisorPresence(writeHypervisorPresence({ state: 'offline' }))).toEqual({
      state: 'offline',
    });
  });

  it('is available with any words it does not know', () => {
    expect(readHypervisorPresence({ status: 'Online (brewing)' })).toEqual({ state: 'available' });
    expect(readHypervisorPresence({})).toEqual({ state: 'available' });
  });
});

describe('the presence of a central agent', () => {
  it.each([
    [{ status: 'Active' }, 'active'],
    [{ show: 'away', status: 'Standby' }, 'standby'],
    [{ status: 'Online' }, 'available'],
    [{ type: 'unavailable' }, 'offline'],
  ] as const)('%j means %s', (presence, expected) => {
    expect(readCentralAgentPresence(presence)).toBe(expected);
  });
});

describe('a presence stanza', () => {
  it('says that the vCard changed, unless it was kept by a server', () => {
    const update = el('x', { xmlns: 'vcard-temp:x:update' });
    const delay = el('delay', { xmlns: 'urn:xmpp:delay', stamp: '2026-01-01T00:00:00Z' });
    expect(readPresence(readerOf(el('presence', {}, [update])))).toEqual({ vcardChanged: true });
    expect(readPresence(readerOf(el('presence', {}, [update, delay])))).toEqual({
      delayed: '2026-01-01T00:00:00Z',
    });
  });

  it('brings the name of who asks for a subscription, and no state', () => {
    const ask = writePresence({ type: 'subscribe', nick: 'mail-1' });
    const presence = readPresence(readerOf(ask));
    expect(presence).toEqual({ type: 'subscribe', nick: 'mail-1' });
    expect(stateShown('virtualmachine', presence)).toBeUndefined();
  });

  it('with a show that is none of the standard counts as available', () => {
    const stanza = el('presence', {}, [el('show', {}, ['online'])]);
    expect(stateShown('user', readPresence(readerOf(stanza)))).toEqual({ state: 'available' });
  });

  it.each([
    ['user', { show: 'dnd' }, { state: 'away' }],
    ['user', { show: 'chat' }, { state: 'available' }],
    ['central-agent', { type: 'unavailable' }, { state: 'offline' }],
    ['hypervisor', { show: 'dnd', status: 'Libvirt connection lost' }, { state: 'libvirt-lost' }],
    ['virtualmachine', { status: 'Migrating - 5%' }, { state: 'migrating', progress: 5 }],
  ] as const)('of a %s, %j, shows %j', (kind, presence, expected) => {
    expect(stateShown(kind, presence)).toEqual(expected);
  });
});
