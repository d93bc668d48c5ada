import { describe, expect, it } from 'vitest';
import { AGENT_MODULES, moduleServing } from '../../../../core/protocol/agent-modules.ts';

describe('a module of an agent', () => {
  it('is found by the namespaces it serves', () => {
    expect(moduleServing('archipel:hypervisor:health')).toBe('hypervisor_health');
    expect(moduleServing('archipel:vm:vmparking')).toBe('vmparking');
  });

  it('does not stand behind what every agent serves', () => {
    expect(moduleServing('archipel:vm:control')).toBeUndefined();
  });

  it('shares no namespace with another', () => {
    const namespaces = Object.values(AGENT_MODULES).flatMap(
      (one): readonly string[] => one.namespaces,
    );
    expect(namespaces).toEqual([...new Set(namespaces)]);
  });
});
