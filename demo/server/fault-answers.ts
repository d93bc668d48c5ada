import { NOT_IMPLEMENTED_TEXT } from '../../core/protocol/errors.ts';
import { el, type XmlElement } from '../../core/xml/element.ts';
import { childElements, namespaceOf } from './element-access.ts';
import type { FaultEffect } from './faults.ts';
import { NS } from './namespaces.ts';
import { errorElement, errorOf, refusal, resultOf } from './stanza.ts';
import { toText } from './xml-text.ts';

/** A permission refusal as agents write it, with the request echoed. */
function permissionDenied(request: XmlElement): XmlElement {
  const query = childElements(request)[0];
  const action = query && childElements(query)[0]?.attributes['action'];
  const text = `Cannot use '${action ?? 'None'}': permission denied`;
  const where = [query && namespaceOf(query), action]
    .filter((part) => part !== undefined)
    .join('\n');
  const { id, from, to } = request.attributes;
  return el('iq', { type: 'error', id, from: to, to: from }, [
    ...childElements(request),
    el('error', { code: '-1', type: 'cancel' }, [
      el('archipel-error-permission', { xmlns: 'archipel:error:permission' }),
      el('text', {}, [`${text}\n\n${where}`]),
    ]),
  ]);
}

function notImplemented(request: XmlElement, text = NOT_IMPLEMENTED_TEXT): XmlElement {
  const { id, from, to } = request.attributes;
  return el('iq', { type: 'error', id, from: to, to: from }, [
    ...childElements(request),
    errorElement({ condition: 'feature-not-implemented', text }),
  ]);
}

function vcard(photo: readonly XmlElement[]): XmlElement {
  return el('vCard', { xmlns: NS.vcard }, [el('PHOTO', {}, photo)]);
}

function hugeAvatar(bytes: number): XmlElement {
  const text = Buffer.alloc(bytes, 0x5a).toString('base64');
  return vcard([el('TYPE', {}, ['image/png']), el('BINVAL', {}, [text])]);
}

function brokenVcard(): XmlElement {
  const broken = vcard([el('TYPE', {}, ['text/html']), el('BINVAL', {}, ['@@ not base64 @@'])]);
  const nameless = el('N', {}, [el('FAMILY', {}, [el('FAMILY', {}, ['\u202e'])])]);
  return { ...broken, children: [nameless, ...broken.children, el('ROLE', {}, [el('ROLE')])] };
}

/** The text that a fault puts in the place of the true answer; undefined when it makes none. */
export function faultAnswer(effect: FaultEffect, request: XmlElement): string | undefined {
  switch (effect.kind) {
    case 'malformed': {
      const { from, id = '' } = request.attributes;
      const start = toText(el('iq', { type: 'result', id, to: from }, ['']));
      return start.replace('</iq>', '<query><a></query></iq>');
    }
    case 'error':
      return toText(errorOf(request, refusal(effect.condition)));
    case 'not-implemented':
      return toText(notImplemented(request, effect.text));
    case 'permission-denied':
      return toText(permissionDenied(request));
    case 'huge-avatar':
      return toText(resultOf(request, [hugeAvatar(effect.bytes)]));
    case 'broken-vcard':
      return toText(resultOf(request, [brokenVcard()]));
    default:
      return undefined;
  }
}
