import { describe, expect, it } from 'vitest';
import { explain, type ExplanationSources } from '../../../../client/diagnosis/explain.ts';
import type { JournalEntry } from '../../../../client/journal/journal-entry.ts';
import type { WantedExchange } from '../../../../client/stanzas/find-exchange.ts';
import type { AppError } from '../../../../core/contract/app-error.ts';
import type { Entity } from '../../../../core/domain/entity.ts';
import { err, ok } from '../../../../core/lib/result.ts';
import { fakeEntity } from '../../../fakes/fake-entities.ts';
import { fakeStanzas } from '../../../fakes/fake-stanzas.ts';
import { jid } from '../application-fixture.ts';

const OURS = { generation: 'ours', features: ['archipel:hypervisor:info'] } as const;
const host = fakeEntity('atoll@archipel.test', { kind: 'hypervisor', agent: OURS });
const machine = fakeEntity('b1@archipel.test', { name: 'web-01', hypervisor: host.id });
const [request, , answer] = fakeStanzas(1);
const ADMIN = jid('root@archipel.test');
const VNC = { namespace: 'archipel:virtualmachine:vnc', action: 'display' };
const UNSUPPORTED = { code: 'unsupported', entity: 'web-01', ...VNC } as const;

const MODULES = [
  { id: 'hypervisor_health', isLoaded: true },
  { id: 'vnc', isLoaded: false, reason: 'token vnc_certificate_file is missing in [VNC]' },
];
const LOG = [
  'INFO    ::2026-11-20 10:00:00.000::atoll::web-01 b1 was started',
  'WARNING ::2026-11-20 10:00:01.000::atoll::MODULE vnc is not loaded: token missing',
  'ERROR   ::2026-11-20 10:00:02.000::b1@archipel.test::VNC admin@archipel.test::::hunter2 refused',
  'ERROR   ::2026-11-20 10:00:03.000::c9@archipel.test::nothing of the kind',
];

interface Scene {
  readonly entities?: readonly Entity[];
  readonly orders?: readonly JournalEntry[];
  readonly isOnline?: boolean;
  readonly log?: AppError;
}

function scene({ entities = [host, machine], orders = [], isOnline = true, log }: Scene = {}) {
  const wanted: WantedExchange[] = [];
  const asked: string[] = [];
  const link = {
    ask: async ({ namespace }: { readonly namespace: string }) => {
      asked.push(namespace);
      if (namespace === 'archipel:hypervisor:info') return ok({ modules: MODULES });
      return log ? err(log) : ok(LOG.map((line) => ({ line })));
    },
    administrators: async () => [ADMIN],
  };
  const sources = {
    entities,
    orders,
    exchange: async (one: WantedExchange) => {
      wanted.push(one);
      return { request, answer };
    },
    link: () => (isOnline ? link : undefined),
  } as unknown as ExplanationSources;
  return { sources, wanted, asked };
}

describe('an error that is explained', () => {
  it('shows the module that is not loaded, and the reason of the agent', async () => {
    const { sources } = scene();
    const found = await explain({ error: UNSUPPORTED, entity: machine.id, at: 7 }, sources);
    expect(found).toMatchObject({
      entity: { name: 'web-01', jid: machine.jid },
      action: { namespace: VNC.namespace, name: 'display' },
      module: {
        id: 'vnc',
        hypervisor: host.name,
        state: 'not-loaded',
        reason: 'token vnc_certificate_file is missing in [VNC]',
      },
      request,
      answer,
    });
  });

  it('does not ask an original agent what it cannot tell', async () => {
    const original = fakeEntity('atoll@archipel.test', {
      kind: 'hypervisor',
      agent: { generation: 'original', features: [] },
    });
    const { sources, asked } = scene({ entities: [original, machine] });
    const found = await explain({ error: UNSUPPORTED, entity: machine.id }, sources);
    expect([found.module, asked]).toEqual([
      { id: 'vnc', hypervisor: original.name, state: 'unknown' },
      ['archipel:hypervisor:health'],
    ]);
  });

  it('shows the log lines that warn of it, without secrets', async () => {
    const { sources } = scene();
    const found = await explain({ error: UNSUPPORTED, entity: machine.id }, sources);
    expect(found.log?.lines).toHaveLength(2);
    expect(found.log?.lines[0]).toContain('MODULE vnc is not loaded');
    expect(found.log?.lines[1]).toContain('admin@archipel.test::::•••');
  });

  it('says why the log cannot be read', async () => {
    const log = { code: 'denied', entity: host.name, permission: 'health_logs' } as const;
    const { sources } = scene({ log });
    const found = await explain({ error: UNSUPPORTED, entity: machine.id }, sources);
    expect(found.log).toEqual({ hypervisor: host.name, lines: [], error: log });
  });

  it('names who can grant a permission, and the one action that wants it', async () => {
    const error = { code: 'denied', entity: 'web-01', permission: 'destroy' } as const;
    const { sources, wanted } = scene();
    const found = await explain({ error, entity: machine.id }, sources);
    expect([found.permission, found.action?.name, wanted[0]?.outcome]).toEqual([
      { name: 'destroy', grantedBy: [ADMIN] },
      'destroy',
      'error',
    ]);
  });

  it('looks for the very stanza of an order that is on record', async () => {
    const order = {
      id: 'o1',
      stanzaId: 's1',
      account: host.account,
      jid: host.jid,
      namespace: 'archipel:hypervisor:control',
      action: 'clone',
      input: {},
      run: 'r1',
      subject: machine.id,
      state: 'failed',
      sentAt: 1,
    } as const;
    const { sources, wanted } = scene({ orders: [order] });
    const error = { code: 'timed-out', entity: host.name, seconds: 20 } as const;
    const found = await explain({ error, entity: machine.id, run: 'r1' }, sources);
    expect([found.entity?.jid, wanted]).toEqual([
      host.jid,
      [expect.objectContaining({ jid: host.jid, stanzaId: 's1', outcome: 'anything' })],
    ]);
  });

  it('looks for a request without an answer where none came', async () => {
    const error = { code: 'timed-out', entity: 'web-01', seconds: 20 } as const;
    const { sources, wanted } = scene();
    await explain({ error, at: 5 }, sources);
    expect(wanted).toEqual([
      expect.objectContaining({ jid: machine.jid, outcome: 'nothing', before: 5 }),
    ]);
  });

  it('asks nobody while the account is not connected', async () => {
    const { sources } = scene({ isOnline: false });
    const found = await explain({ error: UNSUPPORTED, entity: machine.id }, sources);
    expect([found.module?.state, found.log, found.request]).toEqual([
      'unknown',
      undefined,
      request,
    ]);
  });

  it('says what it can of nobody in particular', async () => {
    const { sources } = scene({ entities: [] });
    expect(await explain({ error: UNSUPPORTED }, sources)).toMatchObject({
      action: { namespace: VNC.namespace, name: 'display' },
    });
    const error = { code: 'unknown-host', host: 'x.test' } as const;
    expect(await explain({ error }, sources)).toEqual({});
  });
});
