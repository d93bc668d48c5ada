import type { DemoAccount } from '../../client/client.ts';
import type { PlatformAnnouncement } from '../../core/domain/platform-announcement.ts';

/** The account of the embedded platform's administrator, as this run announced it. */
export function demoAccount(platform: PlatformAnnouncement): DemoAccount {
  const administrator =
    platform.accounts.find(({ role }) => role === 'admin') ?? platform.accounts[0];
  if (!administrator) throw new Error('The embedded platform announced no account');
  return {
    settings: {
      jid: administrator.jid,
      resource: 'Archipel',
      endpoint: { host: platform.host, port: platform.port, directTls: false },
      connectAtStart: false,
      rememberPassword: false,
    },
    password: administrator.password,
    fingerprint: platform.fingerprint,
  };
}
