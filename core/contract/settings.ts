import * as v from 'valibot';
import { call, event, reply } from './define.ts';

/** In percent; null: it is not watched. */
const Limit = v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100)));

export const Settings = v.strictObject({
  theme: v.picklist(['system', 'light', 'dark']),
  language: v.picklist(['en', 'pseudo']),
  arrangement: v.picklist(['by-host', 'by-group']),
  hideOffline: v.boolean(),
  systemNotifications: v.picklist(['none', 'errors', 'all']),
  /** The tour of the embedded platform has been taken or skipped. */
  tourDone: v.boolean(),
  developer: v.boolean(),
  /** An icon in the system tray, where there is one; macOS has the dock instead. */
  tray: v.boolean(),
  /** Texts: a line of a log that has one of them, whatever its case, raises a notice as it comes. */
  logPatterns: v.pipe(
    v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(200))),
    v.maxLength(50),
  ),
  /** From where on a hypervisor is told of, as too busy or too full. */
  limits: v.strictObject({ cpu: Limit, memory: Limit, disk: Limit }),
  /** Roster groups that the user made, by their whole names: a roster has no group without a member. */
  groups: v.pipe(v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(500))), v.maxLength(1000)),
});
export type Settings = v.InferOutput<typeof Settings>;

export const DEFAULT_SETTINGS: Settings = {
  theme: 'system',
  language: 'en',
  arrangement: 'by-host',
  hideOffline: false,
  systemNotifications: 'errors',
  tourDone: false,
  developer: false,
  tray: true,
  logPatterns: [],
  limits: { cpu: null, memory: null, disk: null },
  groups: [],
};

export const settings = {
  get: call(v.undefined(), reply<Settings>()),
  change: call(v.partial(Settings), reply<Settings>()),
  changed: event<Settings>(),
};
