import type { BareJid } from '../../core/domain/jid.ts';
import type { XmlElement } from '../../core/xml/element.ts';
import { localDateTimeOf } from '../../core/protocol/local-date-time.ts';
import { eventsNode, TAGS_NODE } from '../../core/protocol/pubsub-nodes.ts';
import { type PushChange, type PushTopic, writePush } from '../../core/protocol/push.ts';
import { writeTagItem } from '../../core/protocol/tags.ts';
import { el } from '../../core/xml/element.ts';
import { childElements } from '../server/element-access.ts';
import { NS } from '../server/namespaces.ts';
import type { Clock } from '../../node/xmpp/clock.ts';
import type { Domain } from '../server/domain.ts';
import { resultOf } from '../server/stanza.ts';
import type { Standings } from './standing.ts';

/** What a scripted entity lives in. */
export class Surroundings {
  readonly domain: Domain;
  readonly clock: Clock;
  readonly standings: Standings;

  constructor(domain: Domain, clock: Clock, standings: Standings) {
    this.domain = domain;
    this.clock = clock;
    this.standings = standings;
  }

  /** Publishes a change of an entity on its events node. */
  push<T extends PushTopic>(entity: BareJid, topic: T, change: PushChange<T>): void {
    const date = localDateTimeOf(new Date(this.clock.now()));
    this.domain.publish(eventsNode(entity), undefined, writePush(topic, change, date));
  }

  /** Publishes the tags of an entity in the place of those before. */
  publishTags(entity: BareJid, tags: readonly string[]): void {
    this.domain.publish(TAGS_NODE, entity, writeTagItem({ jid: entity, tags }));
  }
}

/** The answers that have nothing to do with the platform; undefined for a request that has. */
export function commonAnswer(stanza: XmlElement, name: string): XmlElement | undefined {
  const payload = childElements(stanza)[0];
  switch (payload?.attributes['xmlns']) {
    case NS.ping:
      return resultOf(stanza);
    case NS.version:
      return resultOf(stanza, [
        el('query', { xmlns: NS.version }, [el('name', {}, ['Archipel scripted entity'])]),
      ]);
    case NS.discoInfo:
      return resultOf(stanza, [
        el('query', { xmlns: NS.discoInfo }, [
          el('identity', { category: 'client', type: 'bot', name }),
          ...[NS.discoInfo, NS.ping, NS.version].map((feature) => el('feature', { var: feature })),
        ]),
      ]);
    default:
      return undefined;
  }
}
