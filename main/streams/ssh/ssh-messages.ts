import * as v from 'valibot';

/** What main and the streams process say to each other about SSH. */
const Id = v.pipe(v.number(), v.integer(), v.minValue(1));
const Port = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535));
const Count = v.pipe(v.number(), v.minValue(0));
const Text = v.pipe(v.string(), v.maxLength(10_000));
const Texts = v.pipe(v.array(Text), v.maxLength(1000), v.readonly());

/** Which host, and how; what it lacks comes from the user's ssh_config. */
export const SshTarget = v.strictObject({
  host: Text,
  port: v.exactOptional(Port),
  user: v.exactOptional(Text),
  identityFile: v.exactOptional(Text),
  jump: v.exactOptional(Text),
  pinnedKey: v.exactOptional(Text),
});
export type SshTarget = v.InferOutput<typeof SshTarget>;

/** From main. */
export const sshOrders = [
  /** Logs in on a connection of its own, and hangs up. */
  v.strictObject({ kind: v.literal('test-ssh'), id: Id, target: SshTarget }),
  /** Asks a host how its agent is; `file` is where that writes its log. */
  v.strictObject({
    kind: v.literal('check-host'),
    id: Id,
    target: SshTarget,
    file: Text,
    /** Only over a connection that stands already. */
    isOnlyIfOpen: v.boolean(),
  }),
  /** Answers a question, by the question's number; nothing ends the attempt that asked. */
  v.strictObject({
    kind: v.literal('answer-ssh'),
    id: Id,
    answer: v.optional(v.union([v.boolean(), Text])),
  }),
] as const;

const HostKeyQuestion = v.strictObject({
  kind: v.literal('host-key'),
  host: Text,
  keyType: Text,
  fingerprint: Text,
  isKnownByAuthority: v.boolean(),
});

const Question = v.variant('kind', [
  HostKeyQuestion,
  v.strictObject({ kind: v.literal('passphrase'), file: Text, isAgain: v.boolean() }),
  v.strictObject({
    kind: v.literal('password'),
    user: Text,
    address: Text,
    isAgain: v.boolean(),
  }),
  v.strictObject({
    kind: v.literal('prompt'),
    user: Text,
    address: Text,
    instructions: Text,
    prompt: Text,
    isEchoed: v.boolean(),
  }),
]);
export type SshQuestion = v.InferOutput<typeof Question>;

const Step = v.variant('name', [
  v.strictObject({ name: v.literal('connecting'), address: Text, through: v.exactOptional(Text) }),
  v.strictObject({
    name: v.literal('host-key'),
    address: Text,
    keyType: Text,
    fingerprint: Text,
  }),
  v.strictObject({ name: v.literal('logged-in'), address: Text, user: Text, method: Text }),
]);

const at = { address: Text };
const inFile = { file: Text, detail: Text };
const written = { file: Text, line: Count };

/** Why there is no connection: `SshFailure`, as it crosses from one process to the other. */
export const SshFailureMessage = v.variant('code', [
  v.strictObject({ code: v.literal('cancelled') }),
  v.strictObject({ code: v.literal('ssh-unknown-host'), host: Text }),
  v.strictObject({ code: v.literal('ssh-unreachable'), ...at, detail: Text }),
  v.strictObject({
    code: v.literal('ssh-timed-out'),
    ...at,
    phase: v.picklist(['connect', 'handshake', 'authentication']),
    seconds: Count,
  }),
  v.strictObject({ code: v.literal('ssh-handshake-failed'), ...at, detail: Text }),
  v.strictObject({ code: v.literal('ssh-host-key-refused'), ...at, fingerprint: Text }),
  v.strictObject({
    code: v.literal('ssh-host-key-changed'),
    ...at,
    fingerprint: Text,
    knownFingerprint: Text,
    ...written,
  }),
  v.strictObject({
    code: v.literal('ssh-host-key-revoked'),
    ...at,
    fingerprint: Text,
    ...written,
  }),
  v.strictObject({
    code: v.literal('ssh-denied'),
    ...at,
    user: Text,
    tried: Texts,
    offered: Texts,
  }),
  v.strictObject({ code: v.literal('ssh-key-unreadable'), ...inFile }),
  v.strictObject({ code: v.literal('ssh-config-unusable'), ...inFile }),
  v.strictObject({ code: v.literal('ssh-known-hosts-unreadable'), ...inFile }),
  v.strictObject({ code: v.literal('ssh-closed'), ...at, detail: Text }),
  v.strictObject({ code: v.literal('ssh-unread'), ...at }),
  v.strictObject({
    code: v.literal('ssh-channel-refused'),
    ...at,
    wanted: Text,
    detail: Text,
  }),
]);
export type SshFailureMessage = v.InferOutput<typeof SshFailureMessage>;

const Part = v.pipe(v.string(), v.maxLength(300_000));
const HostReport = v.strictObject({
  clock: Part,
  units: Part,
  processes: Part,
  logState: Part,
  log: Part,
  journal: Part,
});

/** From the streams process. */
export const sshReports = [
  /** The end of a check, told once: with neither there was no connection that stood already. */
  v.strictObject({
    kind: v.literal('host-checked'),
    id: Id,
    report: v.optional(HostReport),
    failure: v.optional(SshFailureMessage),
  }),
  /** Answered by its own number, which is none of a stream's. */
  v.strictObject({ kind: v.literal('ssh-question'), id: Id, question: Question }),
  /** Nobody waits for the answer any more. */
  v.strictObject({ kind: v.literal('ssh-question-over'), id: Id }),
  v.strictObject({ kind: v.literal('ssh-step'), id: Id, step: Step }),
  /** The end of a test, told once; without a failure it went well. */
  v.strictObject({
    kind: v.literal('ssh-tested'),
    id: Id,
    tookMs: Count,
    failure: v.optional(SshFailureMessage),
  }),
] as const;
