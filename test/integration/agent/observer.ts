import type { Result } from '../../../core/lib/result.ts';
import type { Action } from '../../../core/protocol/define-action.ts';
import type { ProtocolError } from '../../../core/protocol/error-stanza.ts';
import { readPresence } from '../../../core/protocol/presence.ts';
import { eventsNode } from '../../../core/protocol/pubsub-nodes.ts';
import { readPushes } from '../../../core/protocol/push.ts';
import { parseJid } from '../../../core/domain/jid.ts';
import { el } from '../../../core/xml/element.ts';
import { Pubsub } from '../../../node/xmpp/pubsub.ts';
import { Roster } from '../../../node/xmpp/roster.ts';
import { XmppSession } from '../../../node/xmpp/session.ts';
import { askEntity } from '../../support/ask-entity.ts';
import { expectOk } from '../../support/expect-result.ts';
import { waitFor } from '../../support/libvirtd.ts';
import type { TestUser, XmppServerDescription } from '../../support/xmpp-daemon.ts';

/** A user who accepts every contact and notes what entities show, push and say. */
export class Observer {
  readonly session: XmppSession;
  readonly pubsub: Pubsub;
  /** `status` of the last presence by full JID; undefined where it was offline. */
  readonly shown = new Map<string, string | undefined>();
  readonly presences: string[] = [];
  readonly pushes: string[] = [];
  readonly said: string[] = [];

  private constructor(server: XmppServerDescription, user: TestUser) {
    const { host, port, ca } = server;
    this.session = new XmppSession({
      jid: user.jid,
      password: async () => user.password,
      resource: 'observer',
      endpoint: { host, port },
      tls: { ca },
      registerIfMissing: true,
    });
    this.pubsub = new Pubsub(this.session, server.pubsub);
  }

  static async online(server: XmppServerDescription, user: TestUser): Promise<Observer> {
    const observer = new Observer(server, user);
    observer.#listen();
    expectOk(await observer.session.connect());
    await observer.session.send(el('presence'));
    return observer;
  }

  ask<Request, Reply>(
    to: string,
    action: Action<Request, Reply>,
    request: Request,
  ): Promise<Result<Reply, ProtocolError>> {
    return askEntity(this.session, to, action, request);
  }

  /** Watches an entity: its presence and its pushes. */
  async watch(jid: string): Promise<void> {
    const bare = parseJid(jid)?.bare;
    if (!bare) throw new Error(`No JID: ${jid}`);
    await this.session.send(el('presence', { to: bare, type: 'subscribe' }));
    await this.see(jid);
    expectOk(await this.pubsub.subscribe(eventsNode(bare)));
  }

  /** Waits until an entity shows a status, or shows itself at all. */
  async see(jid: string, status?: string, timeoutMs = 10_000): Promise<void> {
    const wanted = status ?? 'anything';
    await waitFor(`${jid} to show ${wanted}, not ${this.shown.get(jid)}`, timeoutMs, () =>
      status === undefined ? this.shown.has(jid) : this.shown.get(jid) === status,
    );
  }

  async hear(push: string): Promise<void> {
    await waitFor(`the push ${push}`, 10_000, () => this.pushes.includes(push));
  }

  async stop(): Promise<void> {
    await this.session.disconnect();
  }

  #listen(): void {
    const roster = new Roster(this.session, (cause) => {
      throw cause;
    });
    roster.on('requested', ({ jid }) => {
      void roster.accept(jid).then(() => roster.subscribe(jid));
    });
    this.session.on('stateChanged', (state) => {
      if (state.kind !== 'online' || state.resumed) return;
      this.shown.clear();
      if (this.presences.length > 0) void this.session.send(el('presence'));
    });
    this.session.on('presence', (stanza) => {
      const from = stanza.attribute('from') ?? '';
      const { type, show, status } = readPresence(stanza);
      if (type === undefined) {
        this.shown.set(from, status);
        this.presences.push(`${from} ${show ?? 'online'} ${status ?? ''}`);
      } else if (type === 'unavailable') this.shown.delete(from);
    });
    this.session.on('message', (message) => {
      for (const push of readPushes(message)) {
        if (push.ok) this.pushes.push(`${push.value.sentTopic} ${push.value.change}`);
      }
      const body = message.children().find(({ name }) => name === 'body');
      if (body) this.said.push(body.text());
    });
  }
}
