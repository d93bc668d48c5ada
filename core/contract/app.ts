import * as v from 'valibot';
import { call, event, reply } from './define.ts';
import { Failure } from './explanation.ts';

export interface AppFacts {
  readonly version: string;
  readonly electron: string;
  readonly chromium: string;
  readonly node: string;
  readonly platform: string;
  /** Versions of the parts, for the About panel. */
  readonly components: readonly { readonly name: string; readonly version: string }[];
  /** The operating system's sandbox is off (root, in development). */
  readonly withoutSandbox: boolean;
  /** The change log, in Markdown. */
  readonly changes: string;
  readonly profile: string;
}

export type DemoState =
  | { readonly name: 'stopped' }
  | { readonly name: 'starting' }
  | { readonly name: 'running' }
  | { readonly name: 'failed'; readonly detail: string };

/** Counters for the status bar, at most twice a second. */
export interface Activity {
  readonly requestsWaiting: number;
  readonly changesPerSecond: number;
  readonly faults: number;
}

/** Phases and long tasks that the app measured in itself; nothing of it leaves the machine. */
export interface Measure {
  readonly at: number;
  readonly kind: 'phase' | 'long-task' | 'event-loop';
  readonly name: string;
  readonly milliseconds: number;
}

const Destination = v.picklist(['documentation', 'changes', 'support', 'profile-folder']);

const Stanza = v.pipe(v.string(), v.maxLength(4_194_304));

export const app = {
  facts: call(v.undefined(), reply<AppFacts>()),
  startDemo: call(v.undefined(), reply<undefined>()),
  stopDemo: call(v.undefined(), reply<undefined>()),
  demo: call(v.undefined(), reply<DemoState>()),
  demoChanged: event<DemoState>(),
  /** Hands a page of the product's own to the browser, or a folder to the desktop; `opened` is what the system says. */
  open: call(
    v.strictObject({ destination: Destination }),
    reply<{ readonly address: string; readonly opened: boolean }>(),
  ),
  /** Puts a problem report together, redacted; nobody gets it before the user has saved it. */
  prepareReport: call(v.strictObject({ failure: v.optional(Failure) }), reply<string>()),
  /** Writes a report as the user left it, redacted again, to a file of their choice; replies with its path. */
  saveReport: call(
    v.strictObject({ text: v.pipe(v.string(), v.maxLength(4_194_304)) }),
    reply<string | undefined>(),
  ),
  /** Writes a request and its answer, secrets masked, to a file of the user's choice for a test. */
  saveFixture: call(
    v.strictObject({
      namespace: v.pipe(v.string(), v.maxLength(1000)),
      action: v.pipe(v.string(), v.maxLength(1000)),
      request: Stanza,
      answer: v.optional(Stanza),
    }),
    reply<string | undefined>(),
  ),
  /** Writes comma-separated values to a file that the user chooses; replies with its path. */
  saveTable: call(
    v.strictObject({
      name: v.pipe(v.string(), v.maxLength(200)),
      csv: v.pipe(v.string(), v.maxLength(33_554_432)),
    }),
    reply<string | undefined>(),
  ),
  copy: call(
    v.strictObject({ text: v.pipe(v.string(), v.maxLength(4_194_304)) }),
    reply<undefined>(),
  ),
  activity: event<Activity>(),
  /** A window tells of its own long tasks, and of phases in the moment they are reached. */
  measured: call(
    v.strictObject({
      kind: v.picklist(['phase', 'long-task']),
      name: v.pipe(v.string(), v.maxLength(100)),
      milliseconds: v.number(),
    }),
    reply<undefined>(),
  ),
  measures: call(v.undefined(), reply<readonly Measure[]>()),
  /** A link or a menu of the operating system asks this window to run one of its own commands. */
  windowCommand: event<{ readonly command: string; readonly input: unknown }>(),
};
