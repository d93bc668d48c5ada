import type { VcardFacts } from '../domain/entity.ts';
import type { ElementReader, XmlElement } from '../xml/element.ts';
import { el } from '../xml/element.ts';
import { firstChild } from './stanza-content.ts';

/** A vCard of the kind XMPP uses (XEP-0054), as far as the platform uses it. */
export interface Vcard extends VcardFacts {
  readonly photo?: { readonly mime: string; readonly data: string };
}

const VCARD_NAMESPACE = 'vcard-temp';

function textOf(element: ElementReader | undefined): string | undefined {
  const text = element?.text().trim();
  return text === '' ? undefined : text;
}

/** Original agents put these directly into the vCard; the standard has them inside `parent`. */
function eitherPlace(vcard: ElementReader, parent: string, name: string): string | undefined {
  const inner = firstChild(vcard, parent);
  return textOf(firstChild(vcard, name)) ?? (inner && textOf(firstChild(inner, name)));
}

function categoriesOf(vcard: ElementReader): string | undefined {
  const categories = firstChild(vcard, 'CATEGORIES');
  const keywords = categories?.children().filter((one) => one.name === 'KEYWORD') ?? [];
  if (keywords.length === 0) return textOf(categories);
  return keywords.map((one) => one.text().trim()).join(', ');
}

function photoOf(vcard: ElementReader): Vcard['photo'] {
  const photo = firstChild(vcard, 'PHOTO');
  if (photo === undefined) return undefined;
  const data = firstChild(photo, 'BINVAL')?.text().replaceAll(/\s+/g, '') ?? '';
  if (data === '') return undefined;
  return { mime: textOf(firstChild(photo, 'TYPE')) ?? 'image/png', data };
}

/** Reads a vCard, of an original agent or of anybody else; what is not there is absent. */
export function readVcard(vcard: ElementReader): Vcard {
  const found = {
    fullName: textOf(firstChild(vcard, 'FN')),
    organisation: eitherPlace(vcard, 'ORG', 'ORGNAME'),
    unit: eitherPlace(vcard, 'ORG', 'ORGUNIT'),
    locality: eitherPlace(vcard, 'ADR', 'LOCALITY'),
    owner: eitherPlace(vcard, 'EMAIL', 'USERID'),
    categories: categoriesOf(vcard),
    role: textOf(firstChild(vcard, 'ROLE')),
    title: textOf(firstChild(vcard, 'TITLE')),
    photo: photoOf(vcard),
  };
  const given = Object.entries(found).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given);
}

function leaf(name: string, text: string | undefined): readonly XmlElement[] {
  return text === undefined ? [] : [el(name, {}, [text])];
}

function around(name: string, first: readonly XmlElement[], inner: readonly XmlElement[]) {
  return inner.length === 0 ? [] : [el(name, {}, [...first, ...inner])];
}

function photo(vcard: Vcard): readonly XmlElement[] {
  const given = vcard.photo;
  return given === undefined
    ? []
    : [el('PHOTO', {}, [...leaf('TYPE', given.mime), ...leaf('BINVAL', given.data)])];
}

/** A vCard as the standard wants it, which every server stores. */
export function writeVcard(vcard: Vcard): XmlElement {
  const unit = leaf('ORGUNIT', vcard.unit);
  const named = leaf('ORGNAME', vcard.organisation);
  // The standard wants a name where there is a unit.
  const organisation = named.length === 0 && unit.length > 0 ? [el('ORGNAME')] : named;
  return el('vCard', { xmlns: VCARD_NAMESPACE }, [
    ...leaf('FN', vcard.fullName),
    ...photo(vcard),
    ...around('ADR', [el('WORK')], leaf('LOCALITY', vcard.locality)),
    ...around('EMAIL', [el('INTERNET')], leaf('USERID', vcard.owner)),
    ...leaf('TITLE', vcard.title),
    ...leaf('ROLE', vcard.role),
    ...around('ORG', [], [...organisation, ...unit]),
    ...around('CATEGORIES', [], leaf('KEYWORD', vcard.categories)),
  ]);
}

/** A vCard in the flat shape of original agents, which original clients and some servers need. */
export function writeFlatVcard(vcard: Vcard): XmlElement {
  return el('vCard', { xmlns: VCARD_NAMESPACE }, [
    ...leaf('ROLE', vcard.role),
    ...leaf('TITLE', vcard.title),
    ...leaf('ORGNAME', vcard.organisation),
    ...leaf('ORGUNIT', vcard.unit),
    ...leaf('LOCALITY', vcard.locality),
    ...leaf('USERID', vcard.owner),
    ...leaf('CATEGORIES', vcard.categories),
    ...leaf('FN', vcard.fullName),
    ...photo(vcard),
  ]);
}
