import { describe, expect, it } from 'vitest';
import {
  whyOffline,
  type DiagnosisLink,
  type DiagnosisSubject,
} from '../../../../client/diagnosis/why-offline.ts';
import { entityId, type Entity } from '../../../../core/domain/entity.ts';
import { err, ok, type Result } from '../../../../core/lib/result.ts';
import type { AccountLookup, LookupFailure } from '../../../../node/xmpp/account-lookup.ts';
import { ACCOUNT, jid } from '../application-fixture.ts';

const HOST = jid('atoll@example.org');
const MACHINE = jid('5b1b4b5e-6a55-4c70-9a4e-1d0c6b6f2a10@example.org');
const THERE: AccountLookup = { exists: true, resources: [] };

function entity(own: Partial<Entity> & Pick<Entity, 'jid' | 'kind'>): Entity {
  return {
    id: entityId(ACCOUNT, own.jid),
    account: ACCOUNT,
    name: own.jid.slice(0, own.jid.indexOf('@')),
    groups: [],
    subscription: 'both',
    pending: false,
    state: 'offline',
    status: '',
    since: 0,
    tags: [],
    permissions: 'all',
    stale: false,
    unread: 0,
    ...own,
  };
}

const host = (more: Partial<Entity> = {}): Entity =>
  entity({ jid: HOST, kind: 'hypervisor', ...more });
const machine = (more: Partial<Entity> = {}): Entity =>
  entity({
    jid: MACHINE,
    kind: 'virtualmachine',
    hypervisor: entityId(ACCOUNT, HOST),
    name: 'mail',
    ...more,
  });

interface Scene {
  readonly entities: readonly Entity[];
  readonly looked?: Result<AccountLookup, LookupFailure>;
  readonly managed?: readonly string[];
  /** ROLE of the vCard that the server keeps; none without. */
  readonly role?: string;
}

/** What `whyOffline` finds about somebody, with the names of what it looked at. */
async function diagnose(about: typeof HOST, { entities, looked, managed = [], role }: Scene) {
  const asked: string[] = [];
  const link = {
    ask: async () => {
      asked.push('rostervm');
      return ok(managed.map((one) => ({ jid: one, isManaged: true })));
    },
    lookUp: async () => looked ?? ok(THERE),
    vcardOf: async () => (role === undefined ? err({ code: 'offline' }) : ok({ role })),
  } as unknown as DiagnosisLink;
  const connection: DiagnosisSubject['connection'] = {
    name: 'online',
    since: 0,
    facts: { host: '', tls: '', cipher: '', mechanism: '', fingerprint: '', pinned: false },
  };
  const found = await whyOffline({ account: ACCOUNT, jid: about, connection, link, entities });
  const checks = found.checks.map(({ name, outcome }) => `${name} ${outcome}`);
  return { cause: found.cause, checks, asked };
}

describe('why somebody is offline', () => {
  it('does not take what was so when the application last ran for what is so', async () => {
    const entities = [host({ state: 'available', resource: 'agent', stale: true })];
    const { cause } = await diagnose(HOST, { entities });
    expect(cause).toEqual({ name: 'agent-down' });
  });

  it('begins with the own connection', async () => {
    const error = { code: 'unreachable', address: 'x.test:5222', detail: 'ECONNREFUSED' } as const;
    const found = await whyOffline({
      account: ACCOUNT,
      jid: HOST,
      connection: { name: 'waiting', error, at: 0 },
      link: undefined,
      entities: [host()],
    });
    expect(found.cause).toEqual({ name: 'link-down', account: ACCOUNT });
    expect(found.checks).toEqual([{ name: 'link', outcome: 'bad', account: ACCOUNT, error }]);
  });

  it('says so when it is there', async () => {
    const entities = [host({ state: 'available' })];
    expect(await diagnose(HOST, { entities })).toMatchObject({
      cause: { name: 'online', state: 'available' },
    });
  });

  it('finds an account that does not exist, and the one that was meant', async () => {
    const typed = jid('atol@example.org');
    const entities = [host({ state: 'available' }), entity({ jid: typed, kind: 'user' })];
    const looked = ok({ exists: false, resources: [] });
    expect(await diagnose(typed, { entities, looked })).toMatchObject({
      cause: { name: 'no-account', isCertain: true, similar: [HOST] },
      checks: ['link good', 'account bad'],
    });
  });

  it('takes one that never answered for misspelt where the server tells nothing', async () => {
    const typed = jid('atol@example.org');
    const missed = entity({ jid: typed, kind: 'user', subscription: 'none', pending: true });
    const looked = err({ code: 'not-administrator' } as const);
    const entities = [host({ state: 'available' }), missed];
    expect(await diagnose(typed, { entities, looked })).toMatchObject({
      cause: { name: 'no-account', isCertain: false, similar: [HOST] },
    });
  });

  it.each([
    { pending: true, resources: [], isThere: false },
    { pending: false, resources: ['atoll'], isThere: true },
  ])('finds a missing subscription (%o)', async ({ pending, resources, isThere }) => {
    const entities = [host({ subscription: 'none', state: 'unknown', pending })];
    const looked = ok({ exists: true, resources });
    expect(await diagnose(HOST, { entities, looked })).toMatchObject({
      cause: { name: 'not-subscribed', pending, isThere },
      checks: ['link good', 'account good', 'subscription bad'],
    });
  });

  it('finds somebody who is in no roster', async () => {
    expect(await diagnose(HOST, { entities: [] })).toMatchObject({
      cause: { name: 'not-subscribed' },
      checks: ['link good', 'account good', 'subscription bad'],
    });
  });

  it('finds an agent that is not connected', async () => {
    expect(await diagnose(HOST, { entities: [host()] })).toMatchObject({
      cause: { name: 'agent-down' },
      checks: ['link good', 'account good', 'subscription good', 'resources bad'],
    });
  });

  it('finds a person who is not logged in, for whom no agent is to blame', async () => {
    const person = host({ kind: 'user' });
    expect(await diagnose(HOST, { entities: [person] })).toMatchObject({
      cause: { name: 'not-logged-in' },
      checks: ['link good', 'account good', 'subscription good', 'resources bad'],
    });
  });

  it('knows an agent that was never seen online by the vCard that the server keeps', async () => {
    const entities = [host({ kind: 'user' })];
    const causes = [];
    for (const role of ['hypervisor', 'Operator']) {
      causes.push((await diagnose(HOST, { entities, role })).cause.name);
    }
    expect(causes).toEqual(['agent-down', 'not-logged-in']);
  });

  it('finds one whose presence is lost on the way', async () => {
    const looked = ok({ exists: true, resources: ['atoll'] });
    expect(await diagnose(HOST, { entities: [host()], looked })).toMatchObject({
      cause: { name: 'presence-missing', resources: ['atoll'] },
    });
  });

  it('goes on where the server tells nothing', async () => {
    const looked = err({ code: 'not-administrator' } as const);
    expect(await diagnose(HOST, { entities: [host()], looked })).toMatchObject({
      cause: { name: 'agent-down' },
      checks: ['link good', 'account unknown', 'subscription good', 'resources unknown'],
    });
  });

  describe('of a virtual machine', () => {
    it('finds its hypervisor offline, and does not ask it', async () => {
      expect(await diagnose(MACHINE, { entities: [host(), machine()] })).toMatchObject({
        cause: { name: 'hypervisor-down', hypervisor: HOST, called: 'atoll' },
        asked: [],
      });
    });

    it('finds that its hypervisor does not manage it', async () => {
      const entities = [host({ state: 'available' }), machine()];
      expect(await diagnose(MACHINE, { entities })).toMatchObject({
        cause: { name: 'not-managed', called: 'atoll' },
        checks: [
          ...['link good', 'account good', 'subscription good'],
          ...['hypervisor good', 'managed bad'],
        ],
      });
    });

    it('finds that its hypervisor manages it and has not connected it', async () => {
      const entities = [host({ state: 'available' }), machine()];
      const managed = [`${MACHINE}/atoll`];
      expect(await diagnose(MACHINE, { entities, managed })).toMatchObject({
        cause: { name: 'machine-silent', called: 'atoll' },
      });
    });
  });
});
