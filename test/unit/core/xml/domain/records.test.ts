import { describe, expect, it } from 'vitest';
import type { XmlElement } from '../../../../../core/xml/element.ts';
import { parseXml } from '../../../../../core/xml/parse.ts';
import { XmlRecord, type RecordError } from '../../../../../core/xml/record.ts';
import type { Result } from '../../../../../core/lib/result.ts';
import { serialize } from '../../../../../core/xml/write.ts';
import { expectOk } from '../expect.ts';
import { changedLines } from '../lines.ts';
import { fieldCases } from './field-cases.ts';

/** A record of any element; the cases give it values of its own fields. */
interface SomeRecord {
  readonly name: string;
  readonly fields: Readonly<Record<string, unknown>>;
  read(element: XmlElement): Result<Readonly<Record<string, unknown>>, RecordError>;
  write(value: Readonly<Record<string, unknown>>, element: XmlElement): XmlElement;
}

const files = import.meta.glob<Record<string, unknown>>('../../../../../core/xml/domain/*.ts', {
  eager: true,
});
const records = Object.values(files)
  .flatMap((file) => Object.values(file))
  .filter((one) => one instanceof XmlRecord) as unknown as readonly SomeRecord[];

function recordNamed(name: string): SomeRecord {
  const found = records.find((record) => record.name === name);
  if (found === undefined) expect.fail(`No record is named ${name}`);
  return found;
}

const rows = Object.entries(fieldCases).flatMap(([name, { source, edits }]) => {
  return Object.entries(edits).map(([field, edit]) => ({ name, source, field, ...edit }));
});

describe('the records of libvirt elements', () => {
  it('have each of their fields exercised here', () => {
    const all = records.flatMap(({ name, fields }) => {
      return Object.keys(fields).map((field) => `${name}.${field}`);
    });
    const exercised = rows.map(({ name, field }) => `${name}.${field}`);
    expect(exercised.toSorted()).toEqual(all.toSorted());
  });

  it.each(rows)('read and write $name.$field', ({ name, source, field, from, to, lines }) => {
    const record = recordNamed(name);
    const { root } = expectOk(parseXml(source));
    const value = expectOk(record.read(root));
    expect(value[field]).toEqual(from);
    expect(record.write(value, root)).toBe(root);
    const written = record.write({ ...value, [field]: to }, root);
    expect(changedLines(source, serialize(written))).toEqual(lines);
    expect(expectOk(record.read(written))).toEqual({ ...value, [field]: to });
  });

  it.each(rows)('can write $name.$field where there was none', ({ name, source, field, to }) => {
    const record = recordNamed(name);
    const value = { ...expectOk(record.read(expectOk(parseXml(source)).root)), [field]: to };
    const bare = expectOk(parseXml(`<${name}/>`)).root;
    expect(record.read(record.write(value, bare))).toEqual({ ok: true, value });
  });
});
