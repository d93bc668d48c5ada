import { describe, expect, it } from 'vitest';
import { TrustedHosts } from '../../../../client/consoles/trusted-hosts.ts';
import type { ConfirmationView } from '../../../../core/contract/confirmation.ts';
import { err, ok } from '../../../../core/lib/result.ts';
import { messagesFor } from '../../../../core/messages/catalogue.ts';
import { ScreenTrust } from '../../../../main/consoles/screen-trust.ts';
import { fakeEntity } from '../../../fakes/fake-entities.ts';

const machine = fakeEntity('web-01@archipel.test');
const caller = { windowId: 7 };
const certificate = {
  fingerprint: 'AA:BB',
  ...{ subject: 'CN=b', issuer: 'CN=b', validFrom: '2026-01-01', validTo: '2027-01-01' },
};

/** What the user is asked, and answers. */
function desk(isAgreed: boolean) {
  const hosts = new TrustedHosts({
    load: async () => ok(undefined),
    save: async () => ok(undefined),
  });
  const asked: ConfirmationView[] = [];
  const made = new ScreenTrust({
    client: { entity: (id) => (id === machine.id ? machine : undefined) },
    hosts,
    ask: async (view) => asked.push(view) > 0 && isAgreed,
    messages: () => messagesFor('en'),
  });
  const trust = (fingerprint: string) =>
    made.handlers.trust({ entity: machine.id, fingerprint }, caller);
  return { made, hosts, asked, trust };
}

describe('a certificate before a screen', () => {
  it('is trusted on the host that showed it, once the user agrees in main’s window', async () => {
    const { made, hosts, asked, trust } = desk(true);
    made.failed(machine.id, {
      code: 'certificate',
      problem: 'self-signed',
      certificate,
      host: 'b',
    });
    expect(await trust('AA:BB')).toEqual(ok(undefined));
    expect(asked.map(({ targets }) => targets)).toEqual([[{ text: 'b' }, { text: 'AA:BB' }]]);
    expect(await hosts.fingerprint('b')).toBe('AA:BB');
  });

  it('is not trusted without the user', async () => {
    const { made, hosts, trust } = desk(false);
    made.failed(machine.id, {
      code: 'certificate',
      problem: 'self-signed',
      certificate,
      host: 'b',
    });
    expect(await trust('AA:BB')).toEqual(err({ code: 'cancelled' }));
    expect(await hosts.fingerprint('b')).toBeUndefined();
  });

  it('is never one that no screen has shown, whatever a page says', async () => {
    const { made, asked, trust } = desk(true);
    expect(await trust('AA:BB')).toEqual(err({ code: 'not-found', what: 'AA:BB' }));
    made.failed(machine.id, { code: 'closed' });
    made.failed(machine.id, {
      code: 'certificate',
      problem: 'self-signed',
      certificate,
      host: 'b',
    });
    expect(await trust('CC:DD')).toEqual(err({ code: 'not-found', what: 'CC:DD' }));
    expect(asked).toEqual([]);
  });
});
