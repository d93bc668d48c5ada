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
