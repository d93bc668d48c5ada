import * as v from 'valibot';
import { call, reply } from './define.ts';

/** One panel of a dock: which panel, of which subject, and what the panel keeps for itself. */
export const PanelPlace = v.strictObject({
  id: v.pipe(v.string(), v.maxLength(200)),
  panel: v.pipe(v.string(), v.maxLength(100)),
  /** An entity's id, `selection` to follow the selection, or empty for a panel without a subject. */
  subject: v.pipe(v.string(), v.maxLength(3000)),
});
export type PanelPlace = v.InferOutput<typeof PanelPlace>;

/** The arrangement of one window: `dock` is the docking library's own description of the grid. */
export const WindowLayout = v.strictObject({
  panels: v.pipe(v.array(PanelPlace), v.maxLength(500)),
  dock: v.unknown(),
  rosterWidth: v.pipe(v.number(), v.minValue(120), v.maxValue(2000)),
  collapsed: v.pipe(v.array(v.pipe(v.string(), v.maxLength(3000))), v.maxLength(20_000)),
});
export type WindowLayout = v.InferOutput<typeof WindowLayout>;

export const layouts = {
  load: call(v.undefined(), reply<WindowLayout | undefined>()),
  save: call(WindowLayout, reply<undefined>()),
};
