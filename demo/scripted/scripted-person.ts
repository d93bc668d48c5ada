import type { BareJid } from '../../core/domain/jid.ts';
import { writePresence } from '../../core/protocol/presence.ts';
import type { XmlElement } from '../../core/xml/element.ts';
import type { EntityScript } from '../server/entity.ts';
import { errorOf, refusal } from '../server/stanza.ts';

/** Somebody who is seen on the platform without being there. */
export class ScriptedPerson implements EntityScript {
  readonly bare: BareJid;
  readonly resource = 'Archipel';
  readonly #seenAs: 'available' | 'away';

  constructor(bare: BareJid, seenAs: 'available' | 'away') {
    this.bare = bare;
    this.#seenAs = seenAs;
  }

  presence(): XmlElement {
    return writePresence(this.#seenAs === 'away' ? { show: 'away', status: 'Back at two' } : {});
  }

  answer(stanza: XmlElement): XmlElement | undefined {
    return stanza.name === 'iq' ? errorOf(stanza, refusal('service-unavailable')) : undefined;
  }
}
