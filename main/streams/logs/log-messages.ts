import * as v from 'valibot';
import { SshFailureMessage, SshTarget } from '../ssh/ssh-messages.ts';

/** What main and the streams process say to each other about logs. */
const Id = v.pipe(v.number(), v.integer(), v.minValue(1));
const Ticket = v.pipe(v.number(), v.integer(), v.minValue(0));
const Text = v.pipe(v.string(), v.maxLength(10_000));
const Count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** The log file of one host. */
const FollowedHost = v.strictObject({ name: Text, target: SshTarget, file: Text });

/** From main. */
export const logOrders = [
  /** Comes with the port of the page. */
  v.strictObject({
    kind: v.literal('open-log'),
    id: Id,
    /** Where lines are kept that are too many for memory. */
    folder: Text,
    /** Those that are followed over SSH; lines of others come by `log-lines`. */
    hosts: v.array(FollowedHost),
  }),
  v.strictObject({
    kind: v.literal('log-lines'),
    id: Id,
    name: Text,
    lines: v.pipe(v.array(v.string()), v.maxLength(100_000), v.readonly()),
    /** Lines may be missing before these. */
    isGap: v.boolean(),
    /** They were there before the log was opened. */
    isPast: v.boolean(),
    /** How far the times in them are ahead of UTC. */
    zoneMinutes: v.pipe(v.number(), v.finite()),
  }),
  v.strictObject({ kind: v.literal('retry-log'), id: Id }),
  v.strictObject({
    kind: v.literal('save-log'),
    id: Id,
    ticket: Ticket,
    file: v.string(),
    which: v.picklist(['shown', 'all']),
  }),
] as const;

const HostState = v.variant('name', [
  v.strictObject({ name: v.literal('connecting') }),
  v.strictObject({ name: v.literal('following') }),
  v.strictObject({ name: v.literal('missing'), file: Text }),
  v.strictObject({ name: v.literal('denied'), file: Text }),
  v.strictObject({ name: v.literal('waiting'), error: SshFailureMessage, retryInMs: v.number() }),
  v.strictObject({ name: v.literal('failed'), error: SshFailureMessage }),
  v.strictObject({ name: v.literal('ended') }),
]);

/** From the streams process. */
export const logReports = [
  v.strictObject({ kind: v.literal('log-host'), id: Id, name: Text, state: HostState }),
  v.strictObject({
    kind: v.literal('log-saved'),
    id: Id,
    ticket: Ticket,
    lines: Count,
    /** Why it could not be written, in the words of the system. */
    failure: v.optional(Text),
  }),
  /** A line has just come that fits a pattern of the user. */
  v.strictObject({
    kind: v.literal('log-noticed'),
    id: Id,
    pattern: Text,
    host: Text,
    text: Text,
  }),
  /** The lines cannot be kept, and the log has ended. Told once. */
  v.strictObject({ kind: v.literal('log-failed'), id: Id, detail: Text }),
] as const;
