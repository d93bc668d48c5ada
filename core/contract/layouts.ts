import * as v from 'valibot';
import { call, event, reply } from './define.ts';

/** What a panel keeps for itself, such as its filter: it travels with the panel. */
const ViewState = v.record(
  v.pipe(v.string(), v.maxLength(100)),
  v.union([v.pipe(v.string(), v.maxLength(3000)), v.number(), v.boolean()]),
);
export type ViewState = v.InferOutput<typeof ViewState>;

const PanelName = v.pipe(v.string(), v.maxLength(100));
/**
 * An entity's id, those of several with a line each, `selection` to follow the selection, or empty
 * for a panel without a subject.
 */
const Subject = v.pipe(v.string(), v.maxLength(100_000));

/** One panel of a dock: which panel, of which subject, and what the panel keeps for itself. */
export const PanelPlace = v.strictObject({
  id: v.pipe(v.string(), v.maxLength(200)),
  panel: PanelName,
  subject: Subject,
  state: v.optional(ViewState),
});
export type PanelPlace = v.InferOutput<typeof PanelPlace>;

/** A panel of a window that has not been arranged by hand yet. */
export const StartPlace = v.object({
  panel: PanelName,
  subject: Subject,
  place: v.picklist(['tab', 'right', 'below']),
  state: v.optional(ViewState),
});
export type StartPlace = v.InferOutput<typeof StartPlace>;

/** The arrangement of one window: `dock` is the docking library's own description of the grid. */
export const WindowLayout = v.strictObject({
  panels: v.pipe(v.array(PanelPlace), v.maxLength(500)),
  dock: v.unknown(),
  rosterWidth: v.pipe(v.number(), v.minValue(120), v.maxValue(2000)),
  rosterHidden: v.optional(v.boolean()),
  collapsed: v.pipe(v.array(v.pipe(v.string(), v.maxLength(3000))), v.maxLength(20_000)),
});
export type WindowLayout = v.InferOutput<typeof WindowLayout>;

/** How a window begins: as it was left, or with the panels of its workspace. */
export interface WindowStart {
  /** Which window of which workspace it is, for saving. */
  readonly id: string;
  readonly layout?: WindowLayout;
  readonly panels: readonly StartPlace[];
  readonly hasRoster: boolean;
}

export const layouts = {
  load: call(v.undefined(), reply<WindowStart>()),
  save: call(
    v.strictObject({ id: v.pipe(v.string(), v.maxLength(100)), layout: WindowLayout }),
    reply<undefined>(),
  ),
  /** The window shows another workspace from now on and loads its layout anew. */
  replaced: event<WindowStart>(),
};
