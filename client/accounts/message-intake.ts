import { parseJid, type BareJid } from '../../core/domain/jid.ts';
import { readPushes, type Push } from '../../core/protocol/push.ts';
import { readSamples, type StatisticsSample } from '../../core/protocol/statistics-samples.ts';
import { firstChild } from '../../core/protocol/stanza-content.ts';
import type { ElementReader } from '../../core/xml/element.ts';
import { readPubsubEvent, type PubsubEvent } from '../../node/xmpp/pubsub-events.ts';

export interface MessageIntakeDependencies {
  /** The service whose word on pushes and tags counts. */
  readonly service: string;
  readonly event: (event: PubsubEvent) => void;
  readonly push: (push: Push) => void;
  readonly sampled: (from: BareJid, samples: readonly StatisticsSample[]) => void;
  readonly chat: (from: BareJid) => void;
  /** A notice in words that an entity sends to all its contacts. */
  readonly shout: (from: BareJid, text: string) => void;
}

/** Sorts what comes as messages: events, pushes, chat and shouts. */
export function takeMessage(message: ElementReader, parts: MessageIntakeDependencies): void {
  const from = parseJid(message.attribute('from') ?? '')?.bare;
  const type = message.attribute('type');
  if (from === undefined || type === 'error') return;
  const event = readPubsubEvent(message);
  if (event) {
    // Anybody can send a message that looks like an event.
    if (from === parts.service) takeEvent(message, event, parts);
    return;
  }
  const samples = readSamples(message);
  if (!samples) takeWords(from, type, bodyOf(message), parts);
  // Damaged samples are their sender's own loss: the next come soon.
  else if (samples.ok) parts.sampled(from, samples.value);
}

function takeWords(
  from: BareJid,
  type: string | undefined,
  text: string,
  parts: MessageIntakeDependencies,
): void {
  if (text === '') return;
  if (type === 'headline') parts.shout(from, text);
  else parts.chat(from);
}

function bodyOf(message: ElementReader): string {
  return firstChild(message, 'body')?.text().trim() ?? '';
}

function takeEvent(
  message: ElementReader,
  event: PubsubEvent,
  parts: MessageIntakeDependencies,
): void {
  parts.event(event);
  for (const push of readPushes(message)) {
    // A damaged push is its publisher's own loss.
    if (push.ok) parts.push(push.value);
  }
}
