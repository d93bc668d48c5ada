import { err, ok, type Result } from '../../../core/lib/result.ts';
import { domainXml, type Domain as DomainRecord } from '../../../core/xml/domain/domain.ts';
import type { XmlElement } from '../../../core/xml/element.ts';
import { parseXml } from '../../../core/xml/parse.ts';
import { serialize } from '../../../core/xml/write.ts';
import type { HypervisorError } from '../hypervisor-error.ts';
import { libvirtError } from './errors.ts';

/** A definition of a domain with what libvirt fills in where its author left it out. */
export interface Definition {
  /** As it was written by its author; what was changed since is only in the record. */
  readonly text: string;
  readonly record: DomainRecord;
  /** What the source says, where it is all there is to say and nobody's secret. */
  readonly written: DomainRecord | undefined;
  readonly name: string;
  readonly uuid: string;
  readonly maxMemoryKiB: number;
  readonly memoryKiB: number;
  readonly maxVcpus: number;
  readonly vcpus: number;
}

const NUMBER = { noName: 21, xmlError: 27, configUnsupported: 67, malformedXml: 35 } as const;
const UUID = /^[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}$/i;

/** Reads a definition as libvirt does; `random` draws the UUID and addresses that are missing. */
export function readDefinition(
  xml: string,
  random: () => number,
): Result<Definition, HypervisorError> {
  const parsed = parseXml(xml);
  if (!parsed.ok) {
    const { line, code } = parsed.error;
    return libvirtError(NUMBER.malformedXml, `(domain_definition):${line}: ${code}`);
  }
  const record = domainXml.read(parsed.value.root);
  if (!record.ok) {
    const { path, problem } = record.error;
    if (path === 'name') return libvirtError(NUMBER.noName, 'missing name information');
    return libvirtError(NUMBER.xmlError, `XML error: ${path}: ${problem.code}`);
  }
  const found = problemOf(record.value);
  if (found !== undefined) return err(found);
  const { value: read } = record;
  const written = isComplete(read) ? read : undefined;
  const text = textOf(xml, parsed.value.root);
  return ok(definitionOf(text, written ?? completed(read, random), written));
}

function problemOf(record: DomainRecord): HypervisorError | undefined {
  if (record.name === '') return libvirtError(NUMBER.noName, 'missing name information').error;
  if (record.uuid !== undefined && !UUID.test(record.uuid)) {
    return libvirtError(NUMBER.xmlError, 'XML error: malformed uuid element').error;
  }
  if (record.memoryKib === undefined) {
    return libvirtError(NUMBER.xmlError, 'XML error: missing memory element').error;
  }
  return undefined;
}

/** A definition with other contents; all that these values do not name stays as it was written. */
export function changed(definition: Definition, changes: Partial<DomainRecord>): Definition {
  const record = { ...definition.record, ...changes };
  return definitionOf(definition.text, record, definition.written);
}

/** The text of a definition, with its secrets only where they are asked for. */
export function writeDefinition(definition: Definition, isSecure: boolean): string {
  const { text, record } = definition;
  if (record === definition.written) return text;
  const source = sourceOf(definition);
  if (isSecure) return serialize(domainXml.write(record, source));
  const graphics = record.graphics.map((one) => ({ ...one, password: undefined }));
  return serialize(domainXml.write({ ...record, graphics }, source));
}

/** The elements that its author wrote; parsed anew, because they take twenty times the room of the text. */
export function sourceOf({ text }: Definition): XmlElement {
  const parsed = parseXml(text);
  if (!parsed.ok) throw new Error(`A definition that was read cannot be read: ${text}`);
  return parsed.value.root;
}

/** The text of the element alone, without what stands before and after it. */
function textOf(xml: string, root: XmlElement): string {
  const text = xml.trim();
  const isAlone = text.startsWith('<domain') && text.endsWith('</domain>');
  return isAlone ? text : serialize(root);
}

function isComplete({ id, uuid, currentMemoryKib, interfaces, graphics }: DomainRecord): boolean {
  const isNamed = id === undefined && uuid !== undefined && uuid === dashed(uuid);
  const isSized = currentMemoryKib !== undefined;
  const isAddressed = interfaces.every(({ mac }) => mac !== undefined);
  return (
    isNamed && isSized && isAddressed && graphics.every(({ password }) => password === undefined)
  );
}

function completed(record: DomainRecord, random: () => number): DomainRecord {
  return {
    ...record,
    // Whoever sends an id sends the one of another run.
    id: undefined,
    uuid: dashed(record.uuid ?? hexDigits(32, random)),
    currentMemoryKib: record.currentMemoryKib ?? record.memoryKib,
    interfaces: record.interfaces.map((card) => ({
      ...card,
      mac: card.mac ?? `52:54:00${[0, 1, 2].map(() => `:${hexDigits(2, random)}`).join('')}`,
    })),
  };
}

function definitionOf(
  text: string,
  record: DomainRecord,
  written: DomainRecord | undefined,
): Definition {
  const maxMemoryKiB = record.memoryKib ?? 0;
  const maxVcpus = record.vcpu?.maximum ?? 1;
  return {
    text,
    record,
    written,
    name: record.name,
    uuid: record.uuid ?? '',
    maxMemoryKiB,
    memoryKiB: Math.min(record.currentMemoryKib ?? maxMemoryKiB, maxMemoryKiB),
    maxVcpus,
    vcpus: record.vcpu?.current ?? maxVcpus,
  };
}

function dashed(uuid: string): string {
  const digits = uuid.replaceAll('-', '').toLowerCase();
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function hexDigits(count: number, random: () => number): string {
  return Array.from({ length: count }, () => Math.floor(random() * 16).toString(16)).join('');
}
