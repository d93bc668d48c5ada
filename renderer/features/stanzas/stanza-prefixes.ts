import { MODULES } from '../../../core/protocol/all-actions.ts';
import type { Action } from '../../../core/protocol/define-action.ts';

/** The prefixes that an XPath of the panel may use: the short names of modules, and some of XMPP. */
export const STANZA_PREFIXES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    Object.entries(MODULES).flatMap(([name, group]) => {
      const [action] = Object.values<Action>(group);
      return action ? [[name, action.namespace]] : [];
    }),
  ),
  client: 'jabber:client',
  roster: 'jabber:iq:roster',
  pubsub: 'http://jabber.org/protocol/pubsub',
  event: 'http://jabber.org/protocol/pubsub#event',
  disco: 'http://jabber.org/protocol/disco#info',
  stanzas: 'urn:ietf:params:xml:ns:xmpp-stanzas',
};
