import { describe, expect, it } from 'vitest';
import { readConfiguration } from '../../../../agent/configuration/configuration.ts';
import { Ini } from '../../../../agent/configuration/ini.ts';
import { expectErr, expectOk } from '../../../support/expect-result.ts';

const LEAST = `
[DEFAULT]
xmpp_server = example.test
[HYPERVISOR]
hypervisor_xmpp_password = secret
[MODULES]
hypervisor_health = True
`;

function read(text: string) {
  const ini = new Ini('atoll-01');
  expectOk(ini.add('archipel.conf', text));
  return readConfiguration(ini);
}

describe('a configuration', () => {
  it('needs a domain and a password, and takes the rest from the defaults', () => {
    const { values, modules } = expectOk(read(LEAST));
    expect({
      jid: values.HYPERVISOR.hypervisor_xmpp_jid,
      pubsub: values.GLOBAL.xmpp_pubsub_server,
      admins: values.GLOBAL.archipel_root_admins,
      drives: values.VIRTUALMACHINE.vm_base_path,
      migration: values.GLOBAL.migration_uri,
      modules,
    }).toEqual({
      jid: 'atoll-01@example.test',
      pubsub: 'pubsub.example.test',
      admins: ['admin@example.test'],
      drives: '/vm/drives',
      migration: undefined,
      modules: [
        { id: 'hypervisor_health', isLoaded: true },
        {
          id: 'vnc',
          isLoaded: false,
          reason: 'vnc is not named in section [MODULES] and the policy is restrictive',
        },
        {
          id: 'xmppserver',
          isLoaded: false,
          reason: 'xmppserver is not named in section [MODULES] and the policy is restrictive',
        },
      ],
    });
  });

  it('warns of each missing token with its section and default', () => {
    expect(expectOk(read(LEAST)).warnings).toContain(
      'Token libvirt_uri is missing in section [GLOBAL], default qemu:///system',
    );
  });

  it('warns of what it does not know, and says what has no effect any more', () => {
    const { warnings } = expectOk(
      read(
        `${LEAST}[GLOBAL]\nlibvirt_urri = x\nstateless_node = no\n[NONSENSE]\na = 1\n[STORAGE]\nb = 2\n[VNC]\nvnc_enable_websocket_debug = no`,
      ),
    );
    const spoken = warnings.filter((line) => !line.includes('is missing'));
    expect(spoken).toEqual([
      'Token libvirt_urri in section [GLOBAL] is unknown and passed over',
      'Token stateless_node in section [GLOBAL] has no effect: stateless nodes are not part of this release',
      'Section [NONSENSE] is unknown and passed over',
      'Token vnc_enable_websocket_debug in section [VNC] has no effect: what goes to and from screens is never logged',
    ]);
  });

  it('names every problem that keeps the agent from starting', () => {
    const text =
      '[DEFAULT]\nxmpp_server =\n[GLOBAL]\nmodule_loading_policy = lax\nuse_avatar = perhaps';
    const problems = expectErr(read(text));
    expect(problems).toEqual(
      expect.arrayContaining([
        'Missing value for option xmpp_server in section [DEFAULT] (archipel.conf, line 2). Give it one or remove the line.',
        'Token use_avatar in section [GLOBAL] is “perhaps”, but must be yes or no',
        'Token module_loading_policy in section [GLOBAL] is “lax”, but must be restrictive, permissive',
        'Token hypervisor_xmpp_password is missing in section [HYPERVISOR]: password of its account',
      ]),
    );
  });

  it('does not load the users of the server with a central agent that cannot be asked', () => {
    const text = `${LEAST}xmppserver = True\n[XMPPSERVER]\ncentral_agent = central@example.test`;
    expect(expectOk(read(text)).modules.find(({ id }) => id === 'xmppserver')).toEqual({
      id: 'xmppserver',
      isLoaded: false,
      reason:
        'Token central_agent in section [XMPPSERVER] is “central@example.test”, but must be a JID with its resource, such as name@domain/machine',
    });
  });

  it('says why a module is not loaded, and loads the rest', () => {
    const text = `${LEAST}storage = True\nvnc = False\n[HEALTH]\nhealth_collection_interval = often`;
    expect(expectOk(read(text)).modules).toEqual([
      {
        id: 'hypervisor_health',
        isLoaded: false,
        reason:
          'Token health_collection_interval in section [HEALTH] is “often”, but must be a whole number',
      },
      { id: 'vnc', isLoaded: false, reason: 'vnc is switched off in section [MODULES]' },
      {
        id: 'xmppserver',
        isLoaded: false,
        reason: 'xmppserver is not named in section [MODULES] and the policy is restrictive',
      },
      {
        id: 'storage',
        isLoaded: false,
        reason: 'storage is not part of this release of the agent',
      },
    ]);
  });
});
