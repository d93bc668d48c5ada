import type { DisplayList } from './display-list.ts';
import type { Box, DisplayView } from './display-match.ts';
import { boundsOn, comfortable, displayOf, within, type WindowPlace } from './window-place.ts';

const CASCADE = 32;

/** Where windows stand on the displays that are there now. */
export class Placement {
  readonly #displays: DisplayList;

  constructor(displays: DisplayList) {
    this.#displays = displays;
  }

  /** Tells whether the display of a place is there; a place that names none is at home anywhere. */
  isHome(place: WindowPlace | undefined): boolean {
    return place?.display === undefined || this.#displays.present.has(place.display);
  }

  /** Where a place is now; undefined while its display is missing. */
  target(place: WindowPlace): Box | undefined {
    const { all, present, primary } = this.#displays;
    if (place.display === undefined) {
      return boundsOn(place, displayOf(place.bounds, all) ?? primary, all);
    }
    const display = present.get(place.display);
    return display && boundsOn(place, display, all);
  }

  /**
   * Where a window goes that has no place yet: it fills a display that shows none of the windows it
   * belongs to, or stands a little beside them.
   */
  free(standing: readonly Box[], wanted: DisplayView | undefined): Box {
    const { all, primary } = this.#displays;
    if (standing.length === 0) return comfortable(wanted ?? primary);
    const taken = standing.map((box) => displayOf(box, all));
    const display = wanted ?? all.find((one) => !taken.includes(one)) ?? primary;
    if (!taken.includes(display)) return { ...display.workArea };
    const { x, y, ...size } = comfortable(display);
    const by = CASCADE * standing.length;
    return within({ x: x + by, y: y + by, ...size }, display.workArea);
  }
}
