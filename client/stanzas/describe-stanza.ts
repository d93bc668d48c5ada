import type { StanzaRecord } from '../../core/contract/stanzas.ts';
import type { ElementReader } from '../../core/xml/element.ts';
import { parseXml } from '../../core/xml/parse.ts';
import { readerOf } from '../../core/xml/reader.ts';

/** What a stanza is about, for one line of the stanza console. */
export interface StanzaFacts {
  readonly kind: StanzaRecord['kind'];
  readonly type: string;
  readonly stanzaId: string;
  readonly from: string;
  readonly to: string;
  readonly namespace: string;
  readonly action: string;
}

const UNREADABLE: StanzaFacts = {
  kind: 'other',
  type: '',
  stanzaId: '',
  from: '',
  to: '',
  namespace: '',
  action: '',
};

/** Reads the outline of a stanza; a text that is no element is of kind `other`. */
export function describeStanza(text: string): StanzaFacts {
  const document = parseXml(text);
  if (!document.ok) return UNREADABLE;
  const stanza = readerOf(document.value.root);
  const [payload] = stanza.children();
  return {
    kind: kindOf(stanza.name),
    type: stanza.attribute('type') ?? '',
    stanzaId: stanza.attribute('id') ?? '',
    from: stanza.attribute('from') ?? '',
    to: stanza.attribute('to') ?? '',
    namespace: payload?.namespace ?? '',
    action: payload ? actionOf(payload) : '',
  };
}

function kindOf(name: string): StanzaRecord['kind'] {
  return name === 'iq' || name === 'presence' || name === 'message' ? name : 'other';
}

/** The name of the platform's action, else of the first thing inside (`items`, `subscribe` …). */
function actionOf(payload: ElementReader): string {
  const [inner] = payload.children();
  return inner?.attribute('action') ?? inner?.name ?? payload.name;
}
