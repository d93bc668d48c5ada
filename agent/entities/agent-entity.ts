import { parseJid, type BareJid } from '../../core/domain/jid.ts';
import { AGENT_NODE, agentAnnouncement } from '../../core/protocol/agent-announcement.ts';
import type { PermissionHolder } from '../../core/protocol/permissions.ts';
import { writePresence, type Presence } from '../../core/protocol/presence.ts';
import {
  EVENTS_NODE_CONFIGURATION,
  eventsNode,
  LOGS_NODE_CONFIGURATION,
  logsNode,
} from '../../core/protocol/pubsub-nodes.ts';
import type { PushTopic, WrittenChange } from '../../core/protocol/push.ts';
import type { Vcard } from '../../core/protocol/vcard.ts';
import type { Result } from '../../core/lib/result.ts';
import { el, type XmlElement } from '../../core/xml/element.ts';
import { capabilityElement } from '../../node/xmpp/capabilities.ts';
import { answerDisco, type OwnInfo } from '../../node/xmpp/disco.ts';
import { answerVersion } from '../../node/xmpp/entity-version.ts';
import { Pubsub } from '../../node/xmpp/pubsub.ts';
import { removeAccount } from '../../node/xmpp/registration.ts';
import { Roster } from '../../node/xmpp/roster.ts';
import { fetchVcard, publishVcard } from '../../node/xmpp/vcard.ts';
import type { IqFailure } from '../../node/xmpp/session-failure.ts';
import type { Session, SessionState } from '../../node/xmpp/session-types.ts';
import type { Logger } from '../log/logger.ts';
import { AGENT_VERSION } from '../version.ts';
import type { ChatDesk } from './chat-desk.ts';
import type { Dispatcher } from './dispatcher.ts';
import type { EntitySession } from './entity-session.ts';
import { describeFailure } from './describe-failure.ts';
import { foreignNodesText, settleNode, type NodeFate } from './own-nodes.ts';
import type { PermissionBook } from './permission-book.ts';
import { PushDesk } from './push-desk.ts';
import { ShownPresence } from './shown-presence.ts';

/** How long an entity that was refused waits before it tries to log in again. */
const RETRY_MS = 30_000;
/** How long nodes and vCard may hold up the presence. */
const PREPARATION_MS = 5000;

export interface EntityParts {
  readonly kind: PermissionHolder;
  readonly session: EntitySession;
  readonly resource: string;
  readonly permissions: PermissionBook;
  readonly dispatcher: Dispatcher;
  readonly chat: ChatDesk;
  readonly logger: Logger;
  readonly pubsubService: string;
  readonly now: () => Date;
  /** The vCard as it should be; an organisation already published wins over it. */
  readonly vcard: () => Vcard;
  /** Called each time the entity has come online and made itself known. */
  readonly arrived?: () => void | Promise<void>;
  /** Called each time its session goes on after the link was lost. */
  readonly resumed?: () => void | Promise<void>;
}

/** One entity of the platform on the wire: its session, presence, nodes, vCard, contacts and pushes. */
export class AgentEntity {
  readonly jid: BareJid;
  readonly permissions: PermissionBook;
  readonly pubsub: Pubsub;
  readonly roster: Roster;
  readonly logger: Logger;
  readonly #parts: EntityParts;
  readonly #info: OwnInfo;
  readonly #shown: ShownPresence;
  readonly #pushes: PushDesk;
  #isStopped = false;
  #retry: NodeJS.Timeout | undefined;

  constructor(parts: EntityParts) {
    const { session, kind, logger, permissions } = parts;
    const jid = parseJid(session.bareJid);
    if (!jid) throw new Error(`No bare JID: ${session.bareJid}`);
    this.jid = jid.bare;
    this.permissions = permissions;
    this.logger = logger;
    this.#parts = parts;
    this.pubsub = new Pubsub(session, parts.pubsubService);
    const node = eventsNode(this.jid);
    this.#pushes = new PushDesk({ pubsub: this.pubsub, node, logger, now: parts.now });
    this.roster = new Roster(session, (cause) =>
      logger.error(`A roster handler failed: ${String(cause)}`),
    );
    const served = new Set(parts.dispatcher.namespaces);
    this.#info = agentAnnouncement(kind, (namespace) => served.has(namespace));
    this.#shown = new ShownPresence(session, capabilityElement(AGENT_NODE, this.#info));
    this.#listen();
  }

  /** While it is not online, the one it asks for. */
  get fullJid(): string {
    return this.#parts.session.fullJid ?? `${this.jid}/${this.#parts.resource}`;
  }

  get isOnline(): boolean {
    return this.#parts.session.state.kind === 'online';
  }

  get presence(): Presence {
    return this.#shown.current;
  }

  /** Goes online and stays so; each failure is in the log. */
  start(): void {
    void this.#parts.session.connect();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#retry);
    this.roster.stop();
    await this.#parts.session.disconnect();
  }

  /** Shows a presence from now on; the same one twice is sent once. */
  show(presence: Presence): void {
    this.#shown.show(presence);
  }

  /** Tells the subscribers of the events node that something changed, as soon as the link is there. */
  push<T extends PushTopic>(topic: T, change: WrittenChange<T>): void {
    this.#pushes.tell(topic, change);
  }

  /** Asks another entity. */
  ask(...asked: Parameters<Session['request']>): ReturnType<Session['request']> {
    return this.#parts.session.request(...asked);
  }

  /** Sends a message; one that cannot be sent now is lost. */
  tell(message: XmlElement): void {
    if (this.isOnline) this.#send(message);
  }

  /** Tells every contact something in words. */
  shout(text: string): void {
    for (const contact of this.roster.items.keys()) {
      this.#send(el('message', { to: contact, type: 'headline' }, [el('body', {}, [text])]));
    }
  }

  /** Publishes the vCard anew and makes clients fetch it; false when the server did not take it. */
  async refreshVcard(): Promise<boolean> {
    const published = await publishVcard(this.#parts.session, this.#parts.vcard());
    if (published.ok) this.#shown.send({ vcardChanged: true });
    else this.logger.warning('VCARD could not be published');
    return published.ok;
  }

  /** Asks a contact to watch, under the entity's name, and adds it; the error says what hindered it. */
  async invite(user: BareJid, name: string): Promise<Result<void, IqFailure>> {
    const nick = el('nick', { xmlns: 'http://jabber.org/protocol/nick' }, [name]);
    const request = el('presence', { to: user, type: 'subscribe' }, [nick]);
    const asked = await this.#parts.session.send(request);
    // Nobody answers a presence: the answer to what follows it says that the server has both.
    return asked.ok ? this.roster.set(user, undefined, []) : asked;
  }

  /** Lets a contact see the presence, or not any more. */
  admit(user: BareJid, isAdmitted: boolean): void {
    this.#send(el('presence', { to: user, type: isAdmitted ? 'subscribed' : 'unsubscribed' }));
  }

  /** Takes the nodes and the account off the server, and ends. */
  async erase(): Promise<void> {
    // ejabberd forgets the contacts before it ends the session, so nobody would hear of the end.
    this.#send(writePresence({ type: 'unavailable' }));
    this.#shown.hide();
    await Promise.all([eventsNode, logsNode].map((node) => this.pubsub.delete(node(this.jid))));
    const removed = await removeAccount(this.#parts.session);
    if (!removed.ok) this.logger.warning('XMPP could not remove the account');
    await this.stop();
  }

  #listen(): void {
    const { session, dispatcher, chat } = this.#parts;
    dispatcher.attach(session);
    answerDisco(session, () => this.#info);
    answerVersion(session, {
      name: 'Archipel agent',
      version: AGENT_VERSION,
      system: process.platform,
    });
    session.on('stateChanged', (state) => this.#follow(state));
    session.on('handlerFailed', ({ cause }) =>
      this.logger.error(`A handler failed: ${String(cause)}`),
    );
    session.on('message', (message) => {
      const answer = chat.answer(message);
      void answer.then((reply) => reply && this.#send(reply));
    });
    this.roster.on('requested', ({ jid }) => void this.#decideSubscription(jid));
    this.roster.on('answered', ({ jid, answer }) => {
      if (answer === 'unsubscribe') void this.#dropContact(jid);
    });
  }

  #follow(state: SessionState): void {
    if (state.kind === 'online') {
      this.logger.info(`XMPP online as ${state.jid}${state.resumed ? ', resumed' : ''}`);
      if (state.resumed) this.#resume();
      else void this.#arrive();
    } else if (state.kind === 'waiting') {
      this.logger.warning(`XMPP connection lost: ${state.reason.code}; trying again`);
    } else if (state.kind === 'failed') {
      this.logger.error(`XMPP cannot log in as ${this.jid}: ${describeFailure(state.reason)}`);
      // Nobody sits before an agent: what was wrong is put right on the server, without a word.
      clearTimeout(this.#retry);
      if (!this.#isStopped) this.#retry = setTimeout(() => this.start(), RETRY_MS);
    }
  }

  #resume(): void {
    this.#shown.catchUp();
    this.#pushes.catchUp();
    void this.#parts.resumed?.();
  }

  /** Clients ask for nodes and vCard as soon as they see the presence, so these come first. */
  async #arrive(): Promise<void> {
    this.#shown.hide();
    const settled = this.#settle();
    const prepared = Promise.all([this.roster.load(), settled]);
    let patience: NodeJS.Timeout | undefined;
    await Promise.race([
      prepared,
      new Promise((go) => (patience = setTimeout(go, PREPARATION_MS))),
    ]);
    clearTimeout(patience);
    this.#shown.reveal();
    await prepared;
    this.#pushes.catchUp();
    await this.#parts.arrived?.();
    this.#warnOfForeign(await settled);
  }

  /**
   * Makes what the server is to keep for this entity, and gives the nodes that are somebody else's.
   * The second node comes last of all, so a server that has both already has the vCard too, and a
   * start anew need not fetch each picture to see it.
   */
  async #settle(): Promise<readonly string[]> {
    const [eventsName, logsName] = [eventsNode(this.jid), logsNode(this.jid)];
    const events = await this.#settleNode(eventsName, EVENTS_NODE_CONFIGURATION);
    const wasThere = events === 'there' || events === 'foreign';
    if (!wasThere) await this.#introduce();
    const logs = await this.#settleNode(logsName, LOGS_NODE_CONFIGURATION);
    if (wasThere && (logs === 'made' || logs === 'refused')) await this.#introduce();
    return [
      ...(events === 'foreign' ? [eventsName] : []),
      ...(logs === 'foreign' ? [logsName] : []),
    ];
  }

  #settleNode(node: string, configuration: Readonly<Record<string, string>>): Promise<NodeFate> {
    return settleNode(this.pubsub, this.jid, node, configuration, this.logger);
  }

  #warnOfForeign(nodes: readonly string[]): void {
    if (nodes.length === 0) return;
    const text = foreignNodesText(nodes, this.pubsub.service);
    this.logger.error(`PUBSUB ${text}`);
    this.shout(text);
  }

  /** Publishes a vCard where there is none that says what this entity is. */
  async #introduce(): Promise<void> {
    const found = await fetchVcard(this.#parts.session, undefined);
    if (found.ok && found.value.vcard.role === this.#parts.kind) return;
    const published = await publishVcard(this.#parts.session, this.#parts.vcard());
    if (!published.ok) this.logger.warning('VCARD could not be published');
  }

  async #decideSubscription(asking: string): Promise<void> {
    const user = parseJid(asking)?.bare;
    if (!user) return;
    if (this.permissions.isGranted(user, 'presence')) {
      await this.roster.accept(user);
      return;
    }
    this.logger.info(`PERMISSION ${user} may not see the presence`);
    this.#send(el('presence', { to: user, type: 'unsubscribe' }));
    await this.roster.refuse(user);
    if (this.roster.items.has(user)) await this.roster.remove(user);
  }

  async #dropContact(user: string): Promise<void> {
    if (!this.roster.items.has(user)) return;
    await this.roster.remove(user);
    this.push('subscription', 'removed');
  }

  #send(stanza: XmlElement): void {
    // What cannot be sent while the link is down is lost.
    void this.#parts.session.send(stanza);
  }
}
