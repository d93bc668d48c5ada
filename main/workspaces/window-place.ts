import * as v from 'valibot';
import type { Box, DisplayView } from './display-match.ts';

const number = v.pipe(v.number(), v.finite());
const Bounds = v.object({ x: number, y: number, width: number, height: number });

/** Where a window stands. */
export const WindowPlace = v.object({
  /** The key of its display; absent: its bounds are those on the whole desktop. */
  display: v.optional(v.string()),
  /** From the corner of its display, in device-independent pixels, as it is when not maximized. */
  bounds: Bounds,
  mode: v.picklist(['normal', 'maximized', 'full-screen']),
});
export type WindowPlace = v.InferOutput<typeof WindowPlace>;

const MIN_WIDTH = 800;
const MIN_HEIGHT = 500;
/** As much of a window as must be on displays for it to stay where it is. */
const ENOUGH_SEEN = 0.98;

function overlap(one: Box, other: Box): number {
  const width = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
  const height = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  return Math.max(0, width) * Math.max(0, height);
}

/** The display that shows most of a box. */
export function displayOf(box: Box, displays: Iterable<DisplayView>): DisplayView | undefined {
  const [best] = [...displays].sort(
    (left, right) => overlap(box, right.bounds) - overlap(box, left.bounds),
  );
  return best;
}

/** The nearest box that lies wholly within an area, smaller where it must be. */
export function within(box: Box, area: Box): Box {
  const width = Math.min(Math.max(box.width, MIN_WIDTH), area.width);
  const height = Math.min(Math.max(box.height, MIN_HEIGHT), area.height);
  return {
    x: Math.min(Math.max(box.x, area.x), area.x + area.width - width),
    y: Math.min(Math.max(box.y, area.y), area.y + area.height - height),
    width,
    height,
  };
}

/**
 * Where a window is put on its display: exactly where it stood, also across two displays, or, where
 * that would hide some of it, wholly within its display.
 */
export function boundsOn(
  { bounds, display: key }: WindowPlace,
  display: DisplayView,
  displays: readonly DisplayView[],
): Box {
  const corner = key === undefined ? { x: 0, y: 0 } : display.bounds;
  const box = { ...bounds, x: bounds.x + corner.x, y: bounds.y + corner.y };
  const seen = displays.reduce((sum, { workArea }) => sum + overlap(box, workArea), 0);
  return seen >= ENOUGH_SEEN * box.width * box.height ? box : within(box, display.workArea);
}

/** A place as it is kept: from the corner of the display that shows most of the window. */
export function placeOf(
  box: Box,
  mode: WindowPlace['mode'],
  present: ReadonlyMap<string, DisplayView>,
): WindowPlace {
  const display = displayOf(box, present.values());
  const [key] = [...present].find(([, one]) => one === display) ?? [];
  if (display === undefined || key === undefined) return { bounds: { ...box }, mode };
  const { x, y } = display.bounds;
  return { display: key, bounds: { ...box, x: box.x - x, y: box.y - y }, mode };
}

/** As large as is comfortable in the middle of a display, and no larger than it. */
export function comfortable({ workArea }: DisplayView): Box {
  const width = Math.min(1440, workArea.width);
  const height = Math.min(900, workArea.height);
  return {
    x: workArea.x + Math.round((workArea.width - width) / 2),
    y: workArea.y + Math.round((workArea.height - height) / 2),
    width,
    height,
  };
}
