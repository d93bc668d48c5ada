import type { StanzaRecord } from '../../core/contract/stanzas.ts';
import { FAKE_ACCOUNT, FAKE_NOW } from './fake-entities.ts';

const INFO = 'archipel:vm:control';
const PEER = 'f3a1c2d0-4b5e-4c6f-8a7b-000000009b04@archipel.test/atoll-01';

/** A request, its answer, and the presence between them, over and over. */
export function fakeStanzas(rounds = 12): readonly StanzaRecord[] {
  return Array.from({ length: rounds }, (_, round): StanzaRecord[] => {
    const id = round * 3 + 1;
    const at = FAKE_NOW - (rounds - round) * 2_000;
    const shared = { account: FAKE_ACCOUNT, peer: PEER, cause: 'panel' };
    const request = `<iq id="q${id}" type="get" to="${PEER}"><query xmlns="${INFO}"><archipel action="info"/></query></iq>`;
    const info = `<info state="1" maxMem="12582912" memory="8388608" nrVirtCpu="4" cpuPrct="38.2" autostart="1"/>`;
    const answer = `<iq id="q${id}" type="result" from="${PEER}"><query xmlns="${INFO}">${info}</query></iq>`;
    const presence = `<presence from="${PEER}"><show/><status>Running</status></presence>`;
    const action = { namespace: INFO, action: 'info', kind: 'iq' as const };
    return [
      {
        ...shared,
        ...action,
        id,
        at,
        direction: 'out',
        type: 'get',
        xml: request,
        bytes: request.length,
      },
      {
        ...shared,
        id: id + 1,
        at: at + 9,
        direction: 'in',
        kind: 'presence',
        type: 'available',
        namespace: '',
        action: '',
        xml: presence,
        bytes: presence.length,
      },
      {
        ...shared,
        ...action,
        id: id + 2,
        at: at + 14,
        direction: 'in',
        type: round % 5 === 4 ? 'error' : 'result',
        xml: answer,
        bytes: answer.length,
        answers: { id, milliseconds: 14 },
      },
    ];
  }).flat();
}
