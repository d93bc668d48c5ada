import { describe, expect, it } from 'vitest';
import { ALL_ACTIONS } from '../../../../core/protocol/all-actions.ts';
import type { KnownAgent } from '../../../../core/protocol/harmful.ts';
import { refusalToSend, refusalToSendStanza } from '../../../../core/protocol/harmful.ts';
import { hypervisorControl } from '../../../../core/protocol/hypervisor-control.ts';
import { writeRequest } from '../../../../core/protocol/request.ts';
import { el } from '../../../../core/xml/element.ts';
import { readerOf } from '../../../../core/xml/reader.ts';

const original: KnownAgent = { generation: 'original', features: [] };
const ours: KnownAgent = { generation: 'ours', features: ['archipel:hypervisor:info'] };

describe('sending', () => {
  it('of what hangs an original agent is refused, unless the agent is one of ours', () => {
    const refused = { code: 'harms-original-agent' };
    const ask = (agent: KnownAgent | undefined) =>
      refusalToSend('archipel:hypervisor:control', 'capabilities', agent);
    expect(ask(original)).toMatchObject(refused);
    expect(ask(undefined)).toMatchObject(refused);
    expect(ask(ours)).toBeUndefined();
  });

  it('of an action of ours is refused until its namespace is announced', () => {
    expect(refusalToSend('archipel:hypervisor:info', 'get', original)).toEqual({
      code: 'not-announced',
      namespace: 'archipel:hypervisor:info',
    });
    expect(refusalToSend('archipel:hypervisor:info', 'get', ours)).toBeUndefined();
    expect(refusalToSend('archipel:vm:definition:text', 'get', ours)).toMatchObject({
      code: 'not-announced',
    });
  });

  it('of all other actions is never refused, nor of actions not known here', () => {
    const free = ALL_ACTIONS.filter(
      ({ action }) => action.origin === 'original' && action.harmful === undefined,
    );
    expect(free.length).toBeGreaterThan(40);
    for (const { action } of free) {
      expect(refusalToSend(action.namespace, action.name, original)).toBeUndefined();
    }
    expect(refusalToSend('archipel:vm:disk', 'get', original)).toBeUndefined();
  });

  it('of a stanza written by hand is refused for the same reasons', () => {
    const stanza = (child: ReturnType<typeof el>) =>
      readerOf(el('iq', { type: 'get', xmlns: 'jabber:client' }, [child]));
    const harmful = stanza(writeRequest(hypervisorControl.capabilities, {}));
    expect(refusalToSendStanza(harmful, original)).toMatchObject({ code: 'harms-original-agent' });
    expect(refusalToSendStanza(harmful, ours)).toBeUndefined();
    const ping = stanza(el('ping', { xmlns: 'urn:xmpp:ping' }));
    expect(refusalToSendStanza(ping, original)).toBeUndefined();
    expect(refusalToSendStanza(stanza(el('query')), original)).toBeUndefined();
  });
});
