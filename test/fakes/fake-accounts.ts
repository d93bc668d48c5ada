import type { Account } from '../../core/contract/accounts.ts';
import type { AppFacts } from '../../core/contract/app.ts';
import type { AppApi } from '../../core/contract/contract.ts';
import type { FakeMain, Respond } from './fake-main.ts';
import type { FakeEvents } from './fake-events.ts';
import { FAKE_ACCOUNT, FAKE_NOW } from './fake-entities.ts';

export const FAKE_FINGERPRINT = Array.from({ length: 32 }, (_, at) =>
  ((at * 37 + 11) % 256).toString(16).padStart(2, '0').toUpperCase(),
).join(':');

export function fakeAccount(changes: Partial<Account> = {}): Account {
  return {
    settings: {
      jid: FAKE_ACCOUNT,
      resource: 'Archipel',
      connectAtStart: true,
      rememberPassword: true,
    },
    connection: {
      name: 'online',
      since: FAKE_NOW,
      facts: {
        host: 'archipel.test',
        tls: 'TLS 1.3',
        cipher: 'TLS_AES_256_GCM_SHA384',
        mechanism: 'SCRAM-SHA-256',
        fingerprint: FAKE_FINGERPRINT,
        pinned: false,
      },
    },
    demo: false,
    passwordStored: true,
    proven: true,
    ...changes,
  };
}

export const FAKE_FACTS: AppFacts = {
  version: '0.1.0',
  electron: '45.4.1',
  chromium: '148.0.0.0',
  node: '24.1.0',
  platform: 'linux x64',
  components: [
    { name: 'svelte', version: '5.57.3' },
    { name: '@xmpp/client', version: '0.14.0' },
  ],
  withoutSandbox: true,
  changes:
    '# Changes\n\n## 0.1.0\n\n- A live fleet in one command.\n- The roster in two arrangements.\n',
  profile: '/home/ada/.config/Archipel',
};

/** The accounts of a window. */
export function accountsApi(
  main: FakeMain,
  events: FakeEvents,
  respond: Respond,
): AppApi['accounts'] {
  const done = (member: string) => (input: unknown) =>
    respond(`accounts.${member}`, () => undefined, input);
  return {
    list: () => respond('accounts.list', () => main.accounts),
    add: done('add'),
    update: done('update'),
    correct: done('correct'),
    remove: done('remove'),
    connect: done('connect'),
    disconnect: done('disconnect'),
    setPassword: done('setPassword'),
    trust: done('trust'),
    changed: events.accounts.subscribe,
  };
}
