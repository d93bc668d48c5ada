import { describe, expect, it } from 'vitest';
import { boundsOn, placeOf, within } from '../../../../main/workspaces/window-place.ts';
import { fakeDisplay } from '../../../fakes/fake-windows.ts';

const left = fakeDisplay(1, 0);
const right = fakeDisplay(2, 1600);
const present = new Map([
  ['a', left],
  ['b', right],
]);
const box = { x: 1700, y: 40, width: 900, height: 700 };

describe('the place of a window', () => {
  it('is kept from the corner of the display that shows most of it', () => {
    expect(placeOf(box, 'normal', present)).toEqual({
      display: 'b',
      bounds: { x: 100, y: 40, width: 900, height: 700 },
      mode: 'normal',
    });
  });

  it('goes with its display to another corner of the desktop', () => {
    const place = placeOf(box, 'normal', present);
    const moved = fakeDisplay(2, -1600);
    expect(boundsOn(place, moved, [left, moved])).toEqual({ ...box, x: -1500 });
  });

  it('may lie across two displays, as long as both are there', () => {
    const across = { x: 1200, y: 0, width: 1000, height: 700 };
    const place = placeOf(across, 'normal', present);
    expect(boundsOn(place, right, [left, right])).toEqual(across);
    expect(boundsOn(place, right, [right])).toEqual({ ...across, x: 1600 });
  });

  it('is brought wholly into a display that has become smaller', () => {
    const small = fakeDisplay(2, 1600, { bounds: { x: 1600, y: 0, width: 1024, height: 768 } });
    const low = placeOf({ ...box, y: 290 }, 'normal', present);
    expect(boundsOn(low, small, [left, small])).toEqual({ ...box, y: 68 });
    expect(within({ ...box, width: 5000, height: 5000 }, small.workArea)).toEqual(small.workArea);
  });
});
