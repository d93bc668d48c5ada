import { describe, expect, it } from 'vitest';
import { proposeProfile } from '../../../../client/ssh/propose-profile.ts';
import { SshProfiles } from '../../../../client/ssh/ssh-profiles.ts';
import { entityId } from '../../../../core/domain/entity.ts';
import { MemoryStorage } from '../../../support/client-ports.ts';
import { jid } from '../application-fixture.ts';

const ada = jid('ada@example.org');
const hypervisor = entityId(ada, jid('hv1@example.org'));

describe('a stored SSH profile', () => {
  it('is there after a restart, and gone once it is forgotten', async () => {
    const storage = new MemoryStorage();
    const profile = { host: 'hv1', port: 2222, user: 'root', jump: 'gate' };
    await new SshProfiles(storage).save(hypervisor, profile);
    const later = new SshProfiles(storage);
    expect(await later.saved(hypervisor)).toEqual(profile);
    await later.save(hypervisor, undefined);
    expect(await new SshProfiles(storage).saved(hypervisor)).toBeUndefined();
  });

  it('harms no other where it is damaged', async () => {
    const storage = new MemoryStorage();
    const other = entityId(ada, jid('hv2@example.org'));
    const stored = { [hypervisor]: { host: '-oProxyCommand=sh' }, [other]: { host: 'hv2' } };
    await storage.save({ format: 'ssh-profiles' }, stored);
    const profiles = new SshProfiles(storage);
    expect([await profiles.saved(hypervisor), await profiles.saved(other)]).toEqual([
      undefined,
      { host: 'hv2' },
    ]);
  });
});

describe('a proposed SSH profile', () => {
  it.each([
    ['hv1.example.org@xmpp.example.org', 'atoll', 'hv1.example.org'],
    ['hv1@xmpp.example.org', 'hv1.rack.example.org', 'hv1.rack.example.org'],
    ['hv1@xmpp.example.org', 'The first one', 'hv1'],
    ['hypervisor@hv1.example.org', 'hypervisor', 'hv1.example.org'],
  ])('of %s, called %s, goes to %s', (address, name, host) => {
    expect(proposeProfile({ jid: jid(address), name })).toEqual({ host });
  });
});
