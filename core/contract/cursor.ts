import * as v from 'valibot';
import { call, event, reply } from './define.ts';

/** Milliseconds since 1970; null when the panels of a workspace share no moment. */
const Moment = v.nullable(v.pipe(v.number(), v.finite()));

/** The one time cursor of a workspace, shared by all panels of its windows. */
export const cursor = {
  current: call(v.undefined(), reply<number | null>()),
  point: call(v.strictObject({ at: Moment }), reply<undefined>()),
  changed: event<number | null>(),
};
