import { AgentEntity } from '../../agent/entities/agent-entity.ts';
import { readPresence } from '../../core/protocol/presence.ts';
import type { XmlElement } from '../../core/xml/element.ts';
import { PresenceSpreader } from '../../demo/server/presence.ts';
import type { Platform } from '../../demo/platform.ts';
import type { SessionState } from '../../node/xmpp/session-types.ts';
import { XmppSession } from '../../node/xmpp/session.ts';
import type { Chronicle } from './chronicle.ts';

/** Has each call of a method heard before it is made, until the returned function is called. */
function overhear<
  Name extends string,
  Self extends Readonly<Record<Name, (...given: never[]) => unknown>>,
>(
  prototype: Self,
  name: Name,
  hear: (self: Self, ...given: Parameters<Self[Name]>) => void,
): () => void {
  const method: (...given: never[]) => unknown = prototype[name];
  const heard = function (this: Self, ...given: Parameters<Self[Name]>): unknown {
    hear(this, ...given);
    return Reflect.apply(method, this, given);
  };
  Object.defineProperty(prototype, name, { value: heard, configurable: true, writable: true });
  return () => {
    Object.defineProperty(prototype, name, { value: method, configurable: true, writable: true });
  };
}

/** The sessions of the agents that run, by account, without keeping one alive. */
export class AgentSessions {
  readonly #sessions = new Map<string, WeakRef<XmppSession>>();

  add(session: XmppSession): void {
    this.#sessions.set(nodeOf(session.bareJid), new WeakRef(session));
  }

  stateOf(node: string): SessionState | undefined {
    return this.#sessions.get(node)?.deref()?.state;
  }
}

/** Notes what agents show and send, how their links are, and what the server gets, until it is called off. */
export function watchAgents(chronicle: Chronicle, sessions: AgentSessions): () => void {
  const followed = new WeakSet<XmppSession>();
  const stops = [
    overhear(AgentEntity.prototype, 'show', ({ jid }, presence) => {
      const { show = '', status = '' } = presence;
      chronicle.note(nodeOf(jid), 'agent shows', `${show} ${status}`.trim());
    }),
    overhear(XmppSession.prototype, 'send', ({ bareJid, state }, stanza) => {
      if (stanza.name !== 'presence' || stanza.attributes['to'] !== undefined) return;
      chronicle.note(nodeOf(bareJid), 'agent sends', `${shownIn(stanza)}, link ${state.kind}`);
    }),
    overhear(XmppSession.prototype, 'connect', (session) => {
      sessions.add(session);
      if (followed.has(session)) return;
      followed.add(session);
      const node = nodeOf(session.bareJid);
      session.on('stateChanged', (state) => {
        if (state.kind !== 'connecting') chronicle.note(node, 'agent link', told(state));
      });
    }),
    overhear(PresenceSpreader.prototype, 'announce', (_self, { bare }, stanza) => {
      chronicle.note(nodeOf(bare), 'server', shownIn(stanza));
    }),
    overhear(PresenceSpreader.prototype, 'leave', (_self, { bare }) => {
      chronicle.note(nodeOf(bare), 'server', 'unavailable');
    }),
  ];
  return () => stops.forEach((stop) => stop());
}

/** Notes what libvirt tells of the machines of a platform. */
export function watchDomains(chronicle: Chronicle, { hypervisors }: Platform): void {
  for (const { hypervisor } of hypervisors.values()) {
    hypervisor.domains.onEvent(({ uuid, event, detail }) => {
      chronicle.note(uuid, 'libvirt', `${event} ${detail}`);
    });
  }
}

/** Notes what the client hears of each entity. */
export function watchClient(chronicle: Chronicle, session: XmppSession): XmppSession {
  session.on('stateChanged', (state) => {
    if (state.kind !== 'connecting') chronicle.noteOfAll(`the client's link ${told(state)}`);
  });
  session.on('presence', (stanza) => {
    const { type, show, status } = readPresence(stanza);
    const words = [type, show, status].filter((word) => word !== undefined).join(' ');
    chronicle.note(nodeOf(stanza.attribute('from') ?? ''), 'client hears', words || 'nothing');
  });
  return session;
}

function told(state: SessionState): string {
  if (state.kind === 'online') return state.resumed ? 'resumed' : 'online';
  if (state.kind === 'waiting') return `lost: ${state.reason.code}`;
  return state.kind === 'failed' ? `failed: ${state.reason.code}` : state.kind;
}

function shownIn({ children }: XmlElement): string {
  const words = children.flatMap((child) => {
    if (typeof child === 'string' || !['show', 'status'].includes(child.name)) return [];
    return child.children.map(String);
  });
  return words.join(' ') || 'nothing';
}

function nodeOf(jid: string): string {
  return jid.split('@')[0] ?? '';
}
