import {
  array,
  bool,
  double,
  fixedOpaque,
  hyper,
  int,
  optional,
  string,
  struct,
  uint,
  unsignedHyper,
  type Xdr,
} from './xdr.ts';
import { XdrFault } from './xdr-buffer.ts';

/** The longest text and the longest lists that libvirt's protocol allows. */
const MAX_STRING_BYTES = 4_194_304;
export const MAX_DOMAINS = 16_384;
const MAX_TYPED_PARAMS = 262_144;

export const wireString = string(MAX_STRING_BYTES);
export const optionalString = optional(wireString);

/** A domain as each call names it: libvirt goes by the UUID, the name is for its messages. */
export interface WireDomain {
  readonly name: string;
  readonly uuid: string;
  /** -1 for a domain that is not running. */
  readonly id: number;
}

const uuidBytes = fixedOpaque(16);

/** A UUID as lower-case text on our side, 16 bytes on the other. */
export const uuid: Xdr<string> = {
  write(writer, value) {
    const digits = value.replaceAll('-', '');
    if (!/^[0-9a-f]{32}$/i.test(digits)) throw new XdrFault(`${value} is no UUID`);
    uuidBytes.write(writer, Buffer.from(digits, 'hex'));
  },
  read(reader) {
    const digits = Buffer.from(uuidBytes.read(reader)).toString('hex');
    return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  },
};

export const wireDomain: Xdr<WireDomain> = struct({ name: wireString, uuid, id: int });

const wireNetwork = struct({ name: wireString, uuid });

/** What stands in a reply whose status is "error". */
export const remoteError = struct({
  number: int,
  domain: int,
  message: optionalString,
  level: int,
  subject: optional(wireDomain),
  text1: optionalString,
  text2: optionalString,
  text3: optionalString,
  integer1: int,
  integer2: int,
  network: optional(wireNetwork),
});

/** The value of a typed parameter, see `virTypedParameter`. */
export type ParameterValue = number | bigint | boolean | string;

const PARAMETER_KINDS: readonly Xdr<ParameterValue>[] = [
  int,
  uint,
  hyper,
  unsignedHyper,
  double,
  bool,
  wireString,
];

/** Only ever received by us. */
const parameterValue: Xdr<ParameterValue> = {
  write: () => {
    throw new XdrFault('Typed parameters are not sent');
  },
  read(reader) {
    const kind = reader.int();
    const schema = PARAMETER_KINDS[kind - 1];
    if (schema === undefined) throw new XdrFault(`${kind} is no kind of parameter`);
    return schema.read(reader);
  },
};

const typedParameters = array(
  struct({ field: wireString, value: parameterValue }),
  MAX_TYPED_PARAMS,
);

/** The figures of one domain, by name, as bulk statistics answer them. */
export const statisticsRecord = struct({ domain: wireDomain, parameters: typedParameters });
