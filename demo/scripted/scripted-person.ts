import type { BareJid } from '../../core/domain/jid.ts';
import { CLIENT_NODE, clientAnnouncement } from '../../core/protocol/client-announcement.ts';
import { writePresence } from '../../core/protocol/presence.ts';
import { el, type XmlElement } from '../../core/xml/element.ts';
import { capabilityElement } from '../../node/xmpp/capabilities.ts';
import { writeInfo } from '../../node/xmpp/disco.ts';
import { childElements } from '../server/element-access.ts';
import type { EntityScript } from '../server/entity.ts';
import { NS } from '../server/namespaces.ts';
import { errorOf, refusal, resultOf } from '../server/stanza.ts';

const CAPABILITIES = capabilityElement(CLIENT_NODE, clientAnnouncement);

/** Somebody who is seen on the platform without being there, as at an application like ours. */
export class ScriptedPerson implements EntityScript {
  readonly bare: BareJid;
  readonly resource = 'Archipel';
  readonly #seenAs: 'available' | 'away';

  constructor(bare: BareJid, seenAs: 'available' | 'away') {
    this.bare = bare;
    this.#seenAs = seenAs;
  }

  presence(): XmlElement {
    const isAway = this.#seenAs === 'away';
    const presence = writePresence(isAway ? { show: 'away', status: 'Back at two' } : {});
    return { ...presence, children: [...presence.children, CAPABILITIES] };
  }

  answer(stanza: XmlElement): XmlElement | undefined {
    if (stanza.name !== 'iq') return undefined;
    const [query] = childElements(stanza);
    if (query?.attributes['xmlns'] !== NS.discoInfo) {
      return errorOf(stanza, refusal('service-unavailable'));
    }
    return resultOf(stanza, [el('query', query.attributes, writeInfo(clientAnnouncement))]);
  }
}
