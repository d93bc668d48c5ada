import type { Account } from '../../core/contract/accounts.ts';
import type { AppApi } from '../../core/contract/contract.ts';
import type { Run } from '../../core/contract/runs.ts';
import { DEFAULT_SETTINGS } from '../../core/contract/settings.ts';
import { FAKE_FINGERPRINT, fakeAccount } from './fake-accounts.ts';
import { fakeAnswer } from './fake-answers.ts';
import { fakeApi } from './fake-api.ts';
import type { FakeMain } from './fake-main.ts';
import type { FakeEvents } from './fake-events.ts';
import { bare, FAKE_ACCOUNT, FAKE_NOW, fakeFleet, fakeFleetOf } from './fake-entities.ts';
import { fakeStanzas } from './fake-stanzas.ts';

declare global {
  interface Window {
    /** For scripts that drive a page without the app. */
    fake?: { readonly main: FakeMain; readonly events: FakeEvents };
  }
}

/** Which world a page is opened in, by its name. */
export type Scene = 'fleet' | 'empty' | 'first-run' | 'many' | 'trouble' | 'tour';

function troubled(): readonly Account[] {
  return [
    fakeAccount({
      connection: {
        name: 'failed',
        error: {
          code: 'certificate',
          problem: 'self-signed',
          domain: 'archipel.test',
          certificate: {
            fingerprint: FAKE_FINGERPRINT,
            subject: 'CN=archipel.test',
            issuer: 'CN=archipel.test',
            validFrom: '2026-01-01T00:00:00Z',
            validTo: '2027-01-01T00:00:00Z',
          },
        },
      },
    }),
  ];
}

function bulkRun(): Run {
  const machines = fakeFleet()
    .filter(({ kind }) => kind === 'virtualmachine')
    .slice(0, 4);
  return {
    id: 'run-0',
    command: 'vm.pause',
    startedAt: FAKE_NOW,
    commandLine: 'archipel vm.pause web-01 web-02 db-primary db-replica',
    undo: 'vm.resume',
    items: machines.map(({ id, name }, at) => ({
      entity: id,
      entityName: name,
      state:
        at === 2
          ? {
              name: 'failed',
              at: FAKE_NOW,
              error: { code: 'denied', entity: name, permission: 'suspend' },
            }
          : at === 3
            ? { name: 'sent', at: FAKE_NOW }
            : { name: 'done', at: FAKE_NOW },
    })),
  };
}

/** An api with a believable fleet behind it, for pages that are looked at. */
export function fakeWindow(scene: Scene): {
  readonly api: AppApi;
  readonly main: FakeMain;
  readonly events: FakeEvents;
} {
  const entities = scene === 'many' ? fakeFleetOf(250, 20) : scene === 'empty' ? [] : fakeFleet();
  const requests = [
    { account: FAKE_ACCOUNT, jid: bare('atoll-04@archipel.test'), nick: 'atoll-04' },
  ];
  return fakeApi({
    accounts: scene === 'first-run' ? [] : scene === 'trouble' ? troubled() : [fakeAccount()],
    demo: { name: scene === 'tour' ? 'running' : 'stopped' },
    settings: { ...DEFAULT_SETTINGS, tourDone: scene !== 'tour' },
    snapshot: { revision: 1, entities, requests: scene === 'fleet' ? requests : [] },
    stanzas: fakeStanzas(),
    runs: [bulkRun()],
    notices: [
      {
        id: 2,
        at: FAKE_NOW - 60_000,
        level: 'error',
        title: 'worker-07 crashed.',
        hint: 'The kernel of atoll-02 ended it to free memory.',
      },
      { id: 1, at: FAKE_NOW - 600_000, level: 'info', title: 'The demo platform is ready.' },
    ],
    confirmation: {
      title: 'Delete worker-10?',
      effect:
        'The virtual machine, its definition and the disks in its folder are deleted for good.',
      targets: [
        { text: 'worker-10', identifier: 'worker-10@archipel.test', hypervisor: 'atoll-02' },
      ],
      verb: 'Delete',
      typed: 'worker-10',
      destructive: true,
    },
    answer: (query) => fakeAnswer(query, entities),
  });
}
