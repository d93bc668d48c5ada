import { describe, expect, it } from 'vitest';
import type { KindEvidence } from '../../../../core/domain/entity-kind.ts';
import { kindOf } from '../../../../core/domain/entity-kind.ts';
import { parseJid } from '../../../../core/domain/jid.ts';

const MACHINE = '4f0c2a9e-7d31-4b58-8a60-2c9d1e5b7a13@example.org';

function kind(jid: string, evidence: Omit<KindEvidence, 'jid'> = {}): string {
  const parsed = parseJid(jid);
  if (parsed === undefined) throw new Error(`${jid} is not a JID`);
  return kindOf({ jid: parsed, ...evidence });
}

describe('the kind of a contact', () => {
  it('is what its disco#info identity says, before all else', () => {
    const identities = [
      { category: 'client', type: 'bot' },
      { category: 'archipel', type: 'central-agent' },
    ];
    expect(kind(MACHINE, { identities, role: 'user' })).toBe('central-agent');
  });

  it.each(['hypervisor', 'virtualmachine', 'central-agent'])('is %s by its vCard', (role) => {
    expect(kind('x@example.org', { role })).toBe(role);
  });

  it('is a user by any other role', () => {
    expect(kind('x@example.org', { role: 'Head of operations', hasEventsNode: true })).toBe('user');
  });

  it('is a virtual machine by a UUID for a name, where the vCard was dropped', () => {
    expect(kind(MACHINE, { role: '' })).toBe('virtualmachine');
    expect(kind(MACHINE.toUpperCase())).toBe('virtualmachine');
  });

  it.each([
    'Online (3)',
    '⚭ Online (Allocating vm...)',
    'Online (Waiting 9s for central-agent)',
    'Online (0) — no VT',
    'Libvirt connection lost',
  ])('is a hypervisor by the status %j', (status) => {
    expect(kind('rack3@example.org', { status })).toBe('hypervisor');
  });

  it.each(['Online', 'Online soon (maybe', 'Running'])(
    'is no hypervisor by the status %j',
    (status) => {
      expect(kind('rack3@example.org', { status })).toBe('user');
    },
  );

  it('is told by the namespaces it answered in', () => {
    expect(kind('x@example.org', { answered: ['archipel:hypervisor:health'] })).toBe('hypervisor');
    expect(kind('x@example.org', { answered: ['archipel:centralagent'] })).toBe('central-agent');
    expect(kind('x@example.org', { answered: ['archipel:vm:disk'] })).toBe('virtualmachine');
    expect(kind('x@example.org', { answered: ['archipel:tags'] })).toBe('user');
  });

  it('is hypervisor or central agent by its events node', () => {
    expect(kind('rack3@example.org', { hasEventsNode: true })).toBe('hypervisor');
    expect(kind('centralagent@example.org', { hasEventsNode: true })).toBe('central-agent');
    expect(kind('x@example.org', { hasEventsNode: true, status: 'Standby' })).toBe('central-agent');
  });

  it('is a user without any sign', () => {
    expect(kind('carol@example.org')).toBe('user');
    expect(kind('example.org', { status: 'Active' })).toBe('user');
  });
});
