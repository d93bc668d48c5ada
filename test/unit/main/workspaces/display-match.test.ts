import { describe, expect, it } from 'vitest';
import {
  keysFor,
  recognise,
  type DisplayIdentity,
  type KnownDisplay,
} from '../../../../main/workspaces/display-match.ts';

const panel: DisplayIdentity = {
  id: 1,
  label: 'Built-in',
  width: 2880,
  height: 1800,
  scale: 2,
  internal: true,
  x: 0,
  y: 0,
};
const left: DisplayIdentity = {
  id: 21,
  label: 'DELL U2720Q',
  width: 3840,
  height: 2160,
  scale: 1.5,
  internal: false,
  x: 1440,
  y: 0,
};
const right: DisplayIdentity = { ...left, id: 22, x: 4000 };

function known(...displays: readonly DisplayIdentity[]): readonly KnownDisplay[] {
  return displays.map((display, at) => ({ key: `display-${at + 1}`, ...display }));
}

describe('a display that was seen before', () => {
  it.each<[string, readonly DisplayIdentity[], readonly (string | undefined)[]]>([
    ['as it was', [panel, left, right], ['display-1', 'display-2', 'display-3']],
    ['in another order', [right, panel, left], ['display-3', 'display-1', 'display-2']],
    ['alone', [right], ['display-3']],
    ['under another number', [{ ...left, id: 99 }], ['display-2']],
    ['on the other side', [panel, { ...left, x: -2560 }], ['display-1', 'display-2']],
    ['at another resolution', [{ ...left, width: 1920, height: 1080 }], ['display-2']],
    ['turned on its side', [{ ...left, id: 9, width: 2160, height: 3840 }], ['display-2']],
    ['with neither name nor number', [{ ...panel, id: 7, label: '' }], ['display-1']],
  ])('is known again %s', (_how, displays, keys) => {
    expect(keysFor(known(panel, left, right), displays)).toEqual(keys);
  });

  it('is not another one of the same size', () => {
    const projector = { ...left, id: 77, label: 'EPSON PJ', x: 9000 };
    expect(keysFor(known(panel, left), [projector])).toEqual([undefined]);
    const nameless = { ...left, id: 78, label: '', x: 9000 };
    expect(keysFor(known({ ...left, label: '' }), [nameless])).toEqual([undefined]);
  });

  it('is told by its number and place from its twin that is missing', () => {
    expect(keysFor(known(left, right), [right])).toEqual(['display-2']);
    const renumbered = { ...right, id: 50 };
    expect(keysFor(known(left, right), [renumbered])).toEqual(['display-2']);
  });

  it('is never two displays at once', () => {
    const twins = [
      { ...left, id: 50 },
      { ...right, id: 51 },
    ];
    expect(new Set(keysFor(known(left), twins))).toEqual(new Set(['display-1', undefined]));
  });
});

describe('recognising', () => {
  it('gives what is new a key of its own, and remembers what is missing', () => {
    const { keys, known: now } = recognise(known(panel, left), [right, { ...panel, id: 5 }]);
    expect(keys).toEqual(['display-2', 'display-1']);
    const later = recognise(now, [panel, { ...left, id: 3, label: 'LG' }]);
    expect(later.keys).toEqual(['display-1', 'display-3']);
    expect(later.known.map(({ key }) => key)).toEqual(['display-1', 'display-3', 'display-2']);
  });
});
