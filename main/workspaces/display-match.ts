import * as v from 'valibot';

const number = v.pipe(v.number(), v.finite());

/** What tells a display from others, as it was when it was seen last. */
export const DisplayIdentity = v.object({
  /** The system's own number; some systems give another after a restart. */
  id: number,
  /** As the system calls it; often empty. */
  label: v.pipe(v.string(), v.maxLength(300)),
  /** In physical pixels. */
  width: number,
  height: number,
  scale: number,
  internal: v.boolean(),
  /** Its corner on the desktop, in device-independent pixels. */
  x: number,
  y: number,
});
export type DisplayIdentity = v.InferOutput<typeof DisplayIdentity>;

/** A display that was seen once, under a key of ours. */
export const KnownDisplay = v.object({ key: v.string(), ...DisplayIdentity.entries });
export type KnownDisplay = v.InferOutput<typeof KnownDisplay>;

/** As much of Electron's description of a display as we need. */
export interface DisplayView {
  readonly id: number;
  readonly label: string;
  readonly bounds: Box;
  readonly workArea: Box;
  readonly scaleFactor: number;
  readonly internal: boolean;
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const MOST_KNOWN = 32;
/** Its number alone is enough, and so are its label with anything, or all the rest together. */
const ENOUGH = 7;

export function identityOf(display: DisplayView): DisplayIdentity {
  const { id, label, bounds, scaleFactor, internal } = display;
  return {
    id,
    label,
    width: Math.round(bounds.width * scaleFactor),
    height: Math.round(bounds.height * scaleFactor),
    scale: scaleFactor,
    internal,
    x: bounds.x,
    y: bounds.y,
  };
}

function sizeScore(one: DisplayIdentity, other: DisplayIdentity): number {
  if (one.width === other.width && one.height === other.height) return 4;
  return one.width === other.height && one.height === other.width ? 3 : 0;
}

/** Below zero where both have a name and it is not the same. */
function nameScore(one: DisplayIdentity, other: DisplayIdentity): number {
  if (one.label === '' || other.label === '') return 0;
  return one.label === other.label ? 6 : -1;
}

/** How much speaks for two descriptions being of the same display; 0 when something excludes it. */
function likeness(one: DisplayIdentity, other: DisplayIdentity): number {
  if (one.internal !== other.internal) return 0;
  const isSameId = one.id === other.id;
  const name = nameScore(one, other);
  if (name < 0 && !isSameId) return 0;
  const place = one.x === other.x && one.y === other.y ? 2 : 0;
  const scale = one.scale === other.scale ? 1 : 0;
  return (isSameId ? 8 : 0) + Math.max(0, name) + sizeScore(one, other) + scale + place;
}

/** For each of these displays the key of the known one that it is, the most alike first, each once. */
export function keysFor(
  known: readonly KnownDisplay[],
  displays: readonly DisplayIdentity[],
): readonly (string | undefined)[] {
  const pairs = known
    .flatMap(({ key, ...one }) =>
      displays.map((display, at) => ({ key, at, score: likeness(one, display) })),
    )
    .filter(({ score }) => score >= ENOUGH)
    .sort((left, right) => right.score - left.score);
  const found = new Map<number, string>();
  const taken = new Set<string>();
  for (const { key, at } of pairs) {
    if (taken.has(key) || found.has(at)) continue;
    found.set(at, key);
    taken.add(key);
  }
  return displays.map((_display, at) => found.get(at));
}

/**
 * Gives each display the key of the known one that it is, and a new key where it is like none. The
 * list of known displays that comes with it has them as they are now, those that are missing last.
 */
export function recognise(
  known: readonly KnownDisplay[],
  displays: readonly DisplayIdentity[],
): { readonly known: readonly KnownDisplay[]; readonly keys: readonly string[] } {
  const used = new Set(known.map(({ key }) => key));
  const keys = keysFor(known, displays).map((found) => {
    const key = found ?? newKey(used);
    used.add(key);
    return key;
  });
  const seen = displays.flatMap((display, at) => {
    const key = keys[at];
    return key === undefined ? [] : [{ ...display, key }];
  });
  const missing = known.filter(({ key }) => !keys.includes(key));
  return { known: [...seen, ...missing].slice(0, MOST_KNOWN), keys };
}

function newKey(used: ReadonlySet<string>): string {
  let number = used.size + 1;
  while (used.has(`display-${number}`)) number += 1;
  return `display-${number}`;
}
