import {
  isSameRow,
  isSameSize,
  unlikeness,
  type Outline,
  type Unlikeness,
} from './screen-outline.ts';

/** Fewer squares that differ are a cursor, or a word. */
const FEW = 8;
/** The share of what stands on the screens by which one may differ more than it did before. */
const MARGIN = 0.1;
/** In one row so many squares are no difference: names in prompts are not of one length. */
const NAME = 4;

interface Known {
  /** As it was when it was first judged. */
  readonly first: Outline;
  /** The least share in which it has ever differed from the others. */
  least: number;
  /** The squares of the row that differed most, where that was least: by that much names do. */
  name: number;
  /** It was too different when it was judged last. */
  wasApart: boolean;
}

/**
 * Which of several screens come to differ. Screens that differed from the beginning, as by the names
 * in their prompts, are held to that, and to what changed since; one that is only slower to draw than
 * the others is none.
 */
export class Divergence<Key> {
  readonly #known = new Map<Key, Known>();

  /**
   * Those that differ, by how much of what changed, 0 to 1; the rest is alike, or alone in its size. One
   * that is not given, as without a connection, is held to the same when it is given again.
   */
  judge(outlines: ReadonlyMap<Key, Outline>): ReadonlyMap<Key, number> {
    return new Map(bySize(outlines).flatMap((alike) => this.#apart(alike)));
  }

  #apart(screens: readonly (readonly [Key, Outline])[]): readonly [Key, number][] {
    const middle = middleOf(screens);
    if (!middle) return [];
    const reference = this.#of(middle[0], middle[1], ALIKE);
    return screens.flatMap(([key, outline]): [Key, number][] => {
      if (key === middle[0]) return [];
      const known = this.#of(key, outline, unlikeness(outline, middle[1]));
      const changed = (row: number): boolean =>
        !isSameRow(outline, known.first, row) || !isSameRow(middle[1], reference.first, row);
      const allowed = Math.max(NAME, known.name + 1);
      const found = unlikeness(outline, middle[1], changed, allowed);
      const share = shareOf(found);
      const isApart = found.squares >= FEW && share > known.least + MARGIN;
      const isMarked = isApart && known.wasApart;
      known.wasApart = isApart;
      return isMarked ? [[key, share]] : [];
    });
  }

  #of(key: Key, outline: Outline, now: Unlikeness): Known {
    const before = this.#known.get(key);
    const isSame = before !== undefined && isSameSize(before.first, outline);
    const known = isSame ? before : { first: outline, least: 1, name: now.most, wasApart: false };
    known.least = Math.min(known.least, shareOf(now));
    known.name = Math.min(known.name, now.most);
    this.#known.set(key, known);
    return known;
  }
}

const ALIKE: Unlikeness = { squares: 0, most: 0, of: 0 };

function shareOf({ squares, of }: Unlikeness): number {
  return of === 0 ? 0 : squares / of;
}

function bySize<Key>(outlines: ReadonlyMap<Key, Outline>): readonly [Key, Outline][][] {
  const sizes = new Map<string, [Key, Outline][]>();
  for (const [key, outline] of outlines) {
    const size = `${outline.width}×${outline.height}`;
    sizes.set(size, [...(sizes.get(size) ?? []), [key, outline]]);
  }
  return [...sizes.values()];
}

/** The one that is nearest to all others; none where it is alone. */
function middleOf<Key>(
  screens: readonly (readonly [Key, Outline])[],
): readonly [Key, Outline] | undefined {
  if (screens.length < 2) return undefined;
  const far = screens.map(([, one]) =>
    screens.reduce((sum, [, other]) => sum + shareOf(unlikeness(one, other)), 0),
  );
  return screens[far.indexOf(Math.min(...far))];
}
