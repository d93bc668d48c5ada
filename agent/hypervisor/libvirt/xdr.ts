import { err, ok, type Result } from '../../../core/lib/result.ts';
import { XdrFault, XdrReader, XdrWriter } from './xdr-buffer.ts';

/** How a value of one kind stands in XDR (RFC 4506), both ways. */
export interface Xdr<T> {
  write(writer: XdrWriter, value: T): void;
  read(reader: XdrReader): T;
}

/** The value that a schema is of. */
export type XdrValue<S> = S extends Xdr<infer T> ? T : never;

const INT_MIN = -(2 ** 31);
const INT_MAX = 2 ** 31 - 1;
const UINT_MAX = 2 ** 32 - 1;
const HYPER_MAX = 2n ** 63n - 1n;
const UNSIGNED_HYPER_MAX = 2n ** 64n - 1n;

const utf8 = new TextEncoder();
const text = new TextDecoder('utf-8', { ignoreBOM: true });

function within<T extends number | bigint>(value: T, least: T, most: T): T {
  if (typeof value === 'number' && !Number.isInteger(value))
    throw new XdrFault(`${value} is not whole`);
  if (value < least || value > most) throw new XdrFault(`${value} is out of range`);
  return value;
}

export const int: Xdr<number> = {
  write: (writer, value) => writer.int(within(value, INT_MIN, INT_MAX)),
  read: (reader) => reader.int(),
};

export const uint: Xdr<number> = {
  write: (writer, value) => writer.uint(within(value, 0, UINT_MAX)),
  read: (reader) => reader.uint(),
};

export const hyper: Xdr<bigint> = {
  write: (writer, value) => writer.hyper(within(value, -HYPER_MAX - 1n, HYPER_MAX)),
  read: (reader) => reader.hyper(),
};

export const unsignedHyper: Xdr<bigint> = {
  write: (writer, value) => writer.unsignedHyper(within(value, 0n, UNSIGNED_HYPER_MAX)),
  read: (reader) => reader.unsignedHyper(),
};

export const double: Xdr<number> = {
  write: (writer, value) => writer.double(value),
  read: (reader) => reader.double(),
};

export const bool: Xdr<boolean> = {
  write: (writer, value) => writer.int(value ? 1 : 0),
  read(reader) {
    const value = reader.int();
    if (value !== 0 && value !== 1) throw new XdrFault(`${value} is no boolean`);
    return value === 1;
  },
};

/** Nothing at all: the arguments or the reply of many procedures. */
export const nothing: Xdr<void> = {
  write: () => undefined,
  read: () => undefined,
};

/** A fixed number of bytes; what is read is a view into the packet. */
export function fixedOpaque(length: number): Xdr<Uint8Array> {
  return {
    write: (writer, value) => writer.bytes(value.subarray(0, within(value.length, length, length))),
    read: (reader) => reader.bytes(length),
  };
}

/** UTF-8 text of at most so many bytes. */
export function string(maxBytes: number): Xdr<string> {
  return {
    write(writer, value) {
      const bytes = utf8.encode(value);
      writer.uint(within(bytes.length, 0, maxBytes));
      writer.bytes(bytes);
    },
    read: (reader) => text.decode(reader.bytes(within(reader.uint(), 0, maxBytes))),
  };
}

/** Text in a fixed number of C characters, each of which XDR makes a whole integer. */
export function fixedChars(length: number): Xdr<string> {
  return {
    write(writer, value) {
      const bytes = utf8.encode(value);
      within(bytes.length, 0, length);
      for (let at = 0; at < length; at += 1) writer.int(bytes[at] ?? 0);
    },
    read(reader) {
      const bytes = Array.from({ length }, () => reader.int() & 0xff);
      const end = bytes.indexOf(0);
      return text.decode(Uint8Array.from(end < 0 ? bytes : bytes.slice(0, end)));
    },
  };
}

export function optional<T>(of: Xdr<T>): Xdr<T | undefined> {
  return {
    write(writer, value) {
      bool.write(writer, value !== undefined);
      if (value !== undefined) of.write(writer, value);
    },
    read: (reader) => (bool.read(reader) ? of.read(reader) : undefined),
  };
}

/** At most so many values of one kind. */
export function array<T>(of: Xdr<T>, max: number): Xdr<readonly T[]> {
  return {
    write(writer, values) {
      writer.uint(within(values.length, 0, max));
      for (const value of values) of.write(writer, value);
    },
    read(reader) {
      const length = within(reader.uint(), 0, max);
      const values: T[] = [];
      for (let at = 0; at < length; at += 1) values.push(of.read(reader));
      return values;
    },
  };
}

/** Named values in the order of the schema's keys. */
export function struct<T extends object>(fields: { readonly [K in keyof T]: Xdr<T[K]> }): Xdr<T> {
  const names = Object.keys(fields) as (keyof T)[];
  return {
    write(writer, value) {
      for (const name of names) fields[name].write(writer, value[name]);
    },
    read(reader) {
      const value: Partial<T> = {};
      for (const name of names) value[name] = fields[name].read(reader);
      return value as T;
    },
  };
}

/** A value as bytes, or why it cannot be sent. */
export function encode<T>(schema: Xdr<T>, value: T, limit: number): Result<Uint8Array, string> {
  return guarded(() => {
    const writer = new XdrWriter(limit);
    schema.write(writer, value);
    return writer.finish();
  });
}

/** The value that bytes are, all of them, or why they are none. */
export function decode<T>(schema: Xdr<T>, bytes: Uint8Array): Result<T, string> {
  return guarded(() => {
    const reader = new XdrReader(bytes);
    const value = schema.read(reader);
    if (reader.remaining > 0) throw new XdrFault(`${reader.remaining} bytes too many`);
    return value;
  });
}

function guarded<T>(run: () => T): Result<T, string> {
  try {
    return ok(run());
  } catch (cause) {
    if (cause instanceof XdrFault) return err(cause.message);
    throw cause;
  }
}
