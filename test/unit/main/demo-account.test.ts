import * as v from 'valibot';
import { expect, it } from 'vitest';
import { PlatformAnnouncement } from '../../../core/domain/platform-announcement.ts';
import { demoAccount } from '../../../main/processes/demo-account.ts';

it('is the administrator that the platform announced, trusted by its fingerprint alone', () => {
  const platform = v.parse(PlatformAnnouncement, {
    host: '127.0.0.1',
    port: 40_000,
    domain: 'lab.test',
    fingerprint: 'AA:BB',
    accounts: [
      { jid: 'bob@lab.test', password: 'b', role: 'operator' },
      { jid: 'ada@lab.test', password: 'a', role: 'admin' },
    ],
    hypervisors: [],
    ssh: {
      host: '127.0.0.1',
      port: 40_001,
      hostKey: 'ssh-ed25519 AAAA',
      fingerprint: 'SHA256:x',
      password: 's',
      log: '/var/log/archipel/archipel.log',
    },
  });
  expect(demoAccount(platform)).toEqual({
    settings: {
      jid: 'ada@lab.test',
      resource: 'Archipel',
      endpoint: { host: '127.0.0.1', port: 40_000, directTls: false },
      connectAtStart: false,
      rememberPassword: false,
    },
    password: 'a',
    fingerprint: 'AA:BB',
  });
});
