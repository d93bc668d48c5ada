import type { XmlChild, XmlElement } from '../../core/xml/element.ts';

const TEXT_REFERENCES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

function reference(character: string): string {
  return TEXT_REFERENCES[character] ?? character;
}

/** Escapes a value for use between double quotes, keeping its white space. */
export function escapeAttribute(value: string): string {
  return /[&<>"\t\n\r]/.test(value) ? value.replace(/[&<>"\t\n\r]/g, reference) : value;
}

function escapeText(value: string): string {
  return /[&<>\r]/.test(value) ? value.replace(/[&<>\r]/g, reference) : value;
}

function childText(child: XmlChild): string {
  return typeof child === 'string' ? escapeText(child) : toText(child);
}

/** Writes an element as it goes on the wire. */
export function toText(element: XmlElement): string {
  let text = `<${element.name}`;
  for (const name in element.attributes) {
    text += ` ${name}="${escapeAttribute(element.attributes[name] ?? '')}"`;
  }
  if (element.children.length === 0) return `${text}/>`;
  text += '>';
  for (const child of element.children) text += childText(child);
  return `${text}</${element.name}>`;
}

/** Puts the receiver into a stanza that was written without one, so that it is serialised once. */
export function addressed(text: string, to: string): string {
  const end = text.search(/[\s/>]/);
  return `${text.slice(0, end)} to="${escapeAttribute(to)}"${text.slice(end)}`;
}
