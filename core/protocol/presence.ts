import type { ElementReader, XmlElement } from '../xml/element.ts';
import { el } from '../xml/element.ts';
import { firstChild } from './stanza-content.ts';

export type Show = 'away' | 'chat' | 'dnd' | 'xa';

/** The parts of a presence stanza that the platform gives a meaning to. */
export interface Presence {
  /** Absent when it says "available". */
  readonly type?: string;
  readonly show?: Show;
  readonly status?: string;
  /** The sender's vCard has changed and should be fetched again. */
  readonly vcardChanged?: true;
  /** The name the sender gives itself when it asks for a subscription. */
  readonly nick?: string;
  /** When it was sent, ISO 8601; only on presences a server kept and sent later. */
  readonly delayed?: string;
}

const SHOWS: readonly Show[] = ['away', 'chat', 'dnd', 'xa'];

/** Reads a presence stanza; a show that is none of the four counts as none. */
export function readPresence(stanza: ElementReader): Presence {
  const text = (name: string): string | undefined => firstChild(stanza, name)?.text();
  const update = stanza
    .children()
    .some((one) => one.name === 'x' && one.namespace === 'vcard-temp:x:update');
  const delay = firstChild(stanza, 'delay')?.attribute('stamp');
  const found = {
    type: stanza.attribute('type'),
    show: SHOWS.find((one) => one === text('show')?.trim()),
    status: text('status'),
    nick: text('nick'),
    // A kept presence repeats what was news long ago.
    vcardChanged: update && delay === undefined ? true : undefined,
    delayed: delay,
  };
  const given = Object.entries(found).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given);
}

/** The presence stanza, without addresses. */
export function writePresence(presence: Presence): XmlElement {
  const leaf = (name: string, text: string | undefined): readonly XmlElement[] =>
    text === undefined ? [] : [el(name, {}, [text])];
  return el('presence', { type: presence.type }, [
    ...(presence.vcardChanged ? [el('x', { xmlns: 'vcard-temp:x:update' })] : []),
    ...leaf('show', presence.show),
    ...leaf('status', presence.status),
    ...(presence.nick === undefined
      ? []
      : [el('nick', { xmlns: 'http://jabber.org/protocol/nick' }, [presence.nick])]),
  ]);
}
