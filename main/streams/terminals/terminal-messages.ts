import * as v from 'valibot';
import { SshFailureMessage, SshTarget } from '../ssh/ssh-messages.ts';

/** What main and the streams process say to each other about terminals. */
const Id = v.pipe(v.number(), v.integer(), v.minValue(1));
const Count = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000));
const Text = v.pipe(v.string(), v.maxLength(10_000));
const size = { columns: Count, rows: Count };

/** From main. The first message of a terminal brings the port to the page with it. */
export const terminalOrders = [
  v.strictObject({ kind: v.literal('open-shell'), id: Id, target: SshTarget, ...size }),
  v.strictObject({ kind: v.literal('resize'), id: Id, ...size }),
] as const;

/** The text console of a machine: the bytes of a terminal, and no size of a window. */
export function serialOrder<Way extends v.GenericSchema>(way: Way) {
  return v.strictObject({
    kind: v.literal('open-serial'),
    id: Id,
    /** Tried in this order, as far as they cannot be reached. */
    ways: v.array(way),
    /** The host of the ways that go through SSH. */
    host: v.optional(SshTarget),
    ...size,
  });
}

/** From the streams process. */
export const terminalReports = [
  v.strictObject({
    kind: v.literal('terminal-open'),
    id: Id,
    address: Text,
    user: v.exactOptional(Text),
  }),
  /** The end of a terminal, told once; without a failure the other side ended it. */
  v.strictObject({
    kind: v.literal('terminal-ended'),
    id: Id,
    exitCode: v.exactOptional(v.pipe(v.number(), v.integer())),
    failure: v.exactOptional(SshFailureMessage),
  }),
] as const;

/** What is told of a text console; the second once. */
export function serialReports<Failure extends v.GenericSchema>(failure: Failure) {
  return [
    v.strictObject({
      kind: v.literal('serial-open'),
      id: Id,
      /** Which of the ways was taken. */
      way: v.pipe(v.number(), v.integer(), v.minValue(0)),
    }),
    v.strictObject({ kind: v.literal('serial-ended'), id: Id, failure }),
  ] as const;
}
