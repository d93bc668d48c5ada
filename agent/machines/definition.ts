import { err, type Result } from '../../core/lib/result.ts';
import { withoutCredentials } from '../../core/xml/domain/credentials.ts';
import { withoutPlaceholderNamespace } from '../../core/xml/domain/placeholder-namespace.ts';
import { attributeOf, childrenNamed, textOf, withAttribute } from '../../core/xml/edit.ts';
import type { XmlElement } from '../../core/xml/element.ts';
import { parseXml, type XmlDocument } from '../../core/xml/parse.ts';
import { elementAt, withValueAt } from '../../core/xml/path.ts';
import { transformed } from '../../core/xml/transform.ts';
import { serialize, writeXml } from '../../core/xml/write.ts';
import { positionedProblem } from './xml-problem.ts';

/** Reads what libvirt or a client calls the definition of a domain. */
export function parseDefinition(text: string): Result<XmlDocument, string> {
  const document = parseXml(text);
  return document.ok ? document : err(positionedProblem(document.error));
}

/** The definition as it goes to libvirt: without a placeholder namespace and without credentials. */
export function cleaned(domain: XmlElement): XmlElement {
  return withoutCredentials(withoutPlaceholderNamespace(domain));
}

/** The same text as cleaned, down to the last byte where there was nothing to clean. */
export function cleanedText(document: XmlDocument): string {
  return writeXml({ ...document, root: cleaned(document.root) });
}

/** The UUID that libvirt reads; nothing where it could read another one than we do. */
export function uuidOf(domain: XmlElement): string | undefined {
  const [element, another] = childrenNamed(withoutPlaceholderNamespace(domain), 'uuid');
  // libvirt takes the first one without a namespace, which would define somebody else's domain.
  if (!element || another || (attributeOf(element, 'xmlns') ?? '') !== '') return undefined;
  return textOf(element).trim();
}

export function nameOf(domain: XmlElement): string | undefined {
  const element = elementAt(domain, 'name');
  return element && textOf(element).trim();
}

export function withName(domain: XmlElement, name: string): XmlElement {
  return withValueAt(domain, 'name', name);
}

export function withUuid(domain: XmlElement, uuid: string): XmlElement {
  return withValueAt(domain, 'uuid', uuid, ['name']);
}

/** How many virtual CPUs a domain can have while it runs. */
export function mostProcessors(domain: XmlElement): number | undefined {
  const element = elementAt(domain, 'vcpu');
  const most = Number(element ? textOf(element).trim() : '');
  return Number.isSafeInteger(most) && most > 0 ? most : undefined;
}

/** Whether a disk is a block device of the host. */
export function usesBlockDevice(domain: XmlElement): boolean {
  // libvirt takes the disks of all of them, however many there are.
  const disks = childrenNamed(domain, 'devices').flatMap((one) => childrenNamed(one, 'disk'));
  return disks.some((disk) => attributeOf(disk, 'type') === 'block');
}

/** What a copy of a domain is defined with: its own UUID wherever the old one stood, name and MACs. */
export function copiedDefinition(
  domain: XmlElement,
  from: string,
  to: { readonly uuid: string; readonly name: string },
  newMac: () => string,
): XmlElement {
  const moved = transformed(cleaned(domain), (element) => {
    const entries = Object.entries(element.attributes);
    return entries.reduce((changed, [name, value]) => {
      return value.includes(from)
        ? withAttribute(changed, name, value.replaceAll(from, to.uuid))
        : changed;
    }, element);
  });
  const named = withName(withUuid(moved, to.uuid), to.name);
  return transformed(named, (element) => {
    return element.name === 'mac' && 'address' in element.attributes
      ? withAttribute(element, 'address', newMac())
      : element;
  });
}

/** The devices on the host of a running domain's interfaces, with the names they go by. */
export function interfaceDevices(
  domain: XmlElement,
): readonly { readonly name: string; readonly device: string }[] {
  const devices = elementAt(domain, 'devices');
  const cards = devices ? childrenNamed(devices, 'interface') : [];
  return cards.flatMap((card) => {
    const target = elementAt(card, 'target');
    const device = target && attributeOf(target, 'dev');
    const alias = elementAt(card, 'alias');
    if (device === undefined) return [];
    return [{ name: (alias && attributeOf(alias, 'name')) ?? device, device }];
  });
}

/** The text of a definition that came as elements in a stanza, as it goes to libvirt. */
export function textOfElements(domain: XmlElement): string {
  return serialize(cleaned(domain));
}
