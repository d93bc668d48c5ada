import * as v from 'valibot';
import { logOrders, logReports } from './logs/log-messages.ts';
import { SshFailureMessage, sshOrders, sshReports, SshTarget } from './ssh/ssh-messages.ts';
import {
  serialOrder,
  terminalOrders,
  terminalReports,
  serialReports,
} from './terminals/terminal-messages.ts';
import { ScreenCredentialsMessage, typeOrder, typingReports } from './typing-messages.ts';

/**
 * What main and the streams process say to each other. Both parse what they hear: neither a bug in
 * one nor a server that took the process over may reach further than this.
 */
const Id = v.pipe(v.number(), v.integer(), v.minValue(1));
const Port = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535));
const Count = v.pipe(v.number(), v.minValue(0));
const Text = v.pipe(v.string(), v.maxLength(10_000));

const Way = v.strictObject({
  kind: v.picklist(['websocket', 'tcp']),
  host: Text,
  port: Port,
  isTls: v.boolean(),
  fingerprint: v.optional(Text),
  screenFingerprint: v.optional(Text),
  token: v.optional(Text),
  isThroughSsh: v.optional(v.boolean()),
});

const Stroke = v.strictObject({
  isDown: v.boolean(),
  keysym: v.number(),
  scancode: v.optional(v.number()),
});

/** From main. The first message of a stream brings the port to the page with it. */
export const StreamOrder = v.variant('kind', [
  v.strictObject({
    kind: v.literal('open-console'),
    id: Id,
    /** Tried in this order, as far as they cannot be reached. */
    ways: v.array(Way),
    credentials: ScreenCredentialsMessage,
    /** The host of the ways that go through SSH. */
    host: v.optional(SshTarget),
  }),
  v.strictObject({
    kind: v.literal('set-rate'),
    id: Id,
    rate: v.picklist(['full', 'slow', 'none']),
  }),
  v.strictObject({ kind: v.literal('press'), id: Id, strokes: v.array(Stroke) }),
  v.strictObject({ kind: v.literal('release-keys'), id: Id }),
  v.strictObject({ kind: v.literal('close'), id: Id }),
  typeOrder(Way, SshTarget),
  ...sshOrders,
  ...terminalOrders,
  serialOrder(Way),
  ...logOrders,
]);
export type StreamOrder = v.InferOutput<typeof StreamOrder>;

/** What is read of an order or a report that is none: whom it was for. */
export const Addressed = v.object({ kind: v.string(), id: Id });
export type OpenConsoleOrder = Extract<StreamOrder, { readonly kind: 'open-console' }>;
export type ConsoleOrder = Extract<
  StreamOrder,
  { readonly kind: 'set-rate' | 'press' | 'release-keys' | 'close' }
>;

const Certificate = v.strictObject({
  fingerprint: Text,
  subject: Text,
  issuer: Text,
  validFrom: Text,
  validTo: Text,
  names: v.optional(v.array(Text)),
});

const Phase = v.picklist([
  'connecting',
  'websocket',
  'version',
  'security',
  'tls',
  'authentication',
  'initialisation',
  'first-frame',
]);

const Failure = v.variant('code', [
  v.strictObject({ code: v.literal('host-not-found'), host: Text }),
  v.strictObject({ code: v.literal('unreachable'), address: Text, detail: Text }),
  v.strictObject({ code: v.literal('timed-out'), phase: Phase, seconds: Count }),
  v.strictObject({ code: v.literal('closed-early'), phase: Phase }),
  v.strictObject({
    code: v.literal('websocket-refused'),
    detail: Text,
    reason: v.exactOptional(Text),
  }),
  v.strictObject({ code: v.literal('tls-failed'), detail: Text }),
  v.strictObject({
    code: v.literal('certificate'),
    problem: v.picklist([
      ...['expired', 'not-yet-valid', 'revoked', 'wrong-host', 'unknown-authority'],
      ...['self-signed', 'pin-changed', 'untrusted'],
    ] as const),
    certificate: Certificate,
    host: Text,
    isThroughSsh: v.exactOptional(v.boolean()),
    isProxy: v.exactOptional(v.boolean()),
  }),
  v.strictObject({ code: v.literal('not-rfb'), seen: Text }),
  v.strictObject({ code: v.literal('refused'), reason: Text }),
  v.strictObject({
    code: v.literal('unsupported-security'),
    offered: v.pipe(v.array(Text), v.readonly()),
  }),
  v.strictObject({ code: v.literal('credentials-needed'), wantsUsername: v.boolean() }),
  v.strictObject({
    code: v.literal('wrong-credentials'),
    reason: Text,
    wantsUsername: v.boolean(),
  }),
  v.strictObject({ code: v.literal('too-large'), width: Count, height: Count }),
  v.strictObject({ code: v.literal('malformed'), detail: Text }),
  v.strictObject({ code: v.literal('tunnel'), failure: SshFailureMessage }),
  v.strictObject({ code: v.literal('unread') }),
  v.strictObject({ code: v.literal('closed') }),
  v.strictObject({ code: v.literal('cancelled') }),
]);

const Traffic = v.strictObject({
  bytesFromServer: Count,
  bytesToServer: Count,
  updates: Count,
  reactionMs: v.optional(Count),
  quickestMs: v.optional(Count),
});

/** From the streams process. */
export const StreamReport = v.variant('kind', [
  /** An order that is none, or something that nobody foresaw: that stream has ended, and no other. */
  v.strictObject({ kind: v.literal('stream-broke'), id: Id, detail: Text }),
  v.strictObject({
    kind: v.literal('console-open'),
    id: Id,
    /** Which of the ways was taken. */
    way: v.pipe(v.number(), v.integer(), v.minValue(0)),
    security: Text,
    title: Text,
  }),
  v.strictObject({ kind: v.literal('traffic'), id: Id, traffic: Traffic }),
  /** The end of a console, told once. */
  v.strictObject({ kind: v.literal('console-ended'), id: Id, failure: Failure }),
  ...typingReports(Failure),
  ...sshReports,
  ...terminalReports,
  ...serialReports(Failure),
  ...logReports,
]);
export type StreamReport = v.InferOutput<typeof StreamReport>;
