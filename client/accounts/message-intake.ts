import { parseJid, type BareJid } from '../../core/domain/jid.ts';
import { readLogLines, type LogLines } from '../../core/protocol/log-lines.ts';
import { readPushes, type Push } from '../../core/protocol/push.ts';
import { readSamples, type StatisticsSample } from '../../core/protocol/statistics-samples.ts';
import { firstChild } from '../../core/protocol/stanza-content.ts';
import type { ElementReader } from '../../core/xml/element.ts';
import { readPubsubEvent, type PubsubEvent } from '../../node/xmpp/pubsub-events.ts';

/** What agents send to those who subscribed. */
export interface SubscribedListener {
  sampled(from: BareJid, samples: readonly StatisticsSample[]): void;
  /** New lines of an agent's log. */
  logged(from: BareJid, lines: LogLines): void;
}

export interface MessageIntakeDependencies {
  /** The service whose word on pushes and tags counts. */
  readonly service: string;
  readonly event: (event: PubsubEvent) => void;
  readonly push: (push: Push) => void;
  readonly subscribed: SubscribedListener;
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
  if (takeMeasured(from, message, parts)) return;
  takeWords(from, type, bodyOf(message), parts);
}

/** Whether it carries what an agent sends to those who subscribed; what is damaged is its sender's own loss. */
function takeMeasured(
  from: BareJid,
  message: ElementReader,
  parts: MessageIntakeDependencies,
): boolean {
  const samples = readSamples(message);
  if (samples?.ok) parts.subscribed.sampled(from, samples.value);
  const lines = samples ? undefined : readLogLines(message);
  if (lines?.ok) parts.subscribed.logged(from, lines.value);
  return samples !== undefined || lines !== undefined;
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
