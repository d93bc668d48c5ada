import { SvelteSet } from 'svelte/reactivity';
import type { EntityId } from '../../../../core/domain/entity.ts';

/** A full picture, twice over, and a connection each: 16 MB for 1,920 × 1,080 pixels. */
export const MOST_HELD = 48;

/** A tile can be seen; or the user scrolled on; or it is hidden with the whole wall, and comes back with it. */
export type Sight = 'in-sight' | 'scrolled-away' | 'hidden';

/** Why a tile is not shown: behind another tab it has no place, and a minimised window shows nothing. */
export function sightOf(tile: Pick<Element, 'getClientRects'>, isShown: boolean): Sight {
  if (isShown) return 'in-sight';
  const isLaidOut = document.visibilityState === 'visible' && tile.getClientRects().length > 0;
  return isLaidOut ? 'scrolled-away' : 'hidden';
}

/**
 * Which screens of a wall are held though nobody sees them, so that they are there at once when they come
 * into sight again. Where they are too many, those that went out of sight first let go of what is large.
 */
export class HeldScreens {
  readonly #isNeeded: (screen: EntityId) => boolean;
  readonly #most: number;
  readonly #inSight = new Set<EntityId>();
  /** In the order in which they went out of sight. */
  readonly #away = new Set<EntityId>();
  readonly #resting = new SvelteSet<EntityId>();

  /** Those that are needed keep their connection, in sight or not: keys go to them. */
  constructor(isNeeded: (screen: EntityId) => boolean, most = MOST_HELD) {
    this.#isNeeded = isNeeded;
    this.#most = most;
  }

  /** Holds nothing but a small picture. */
  isResting(screen: EntityId): boolean {
    return this.#resting.has(screen) && !this.#isNeeded(screen);
  }

  /** A screen came into sight, or went out of it. */
  see(screen: EntityId, sight: Sight): void {
    const wasHeld = this.#inSight.delete(screen) || this.#away.delete(screen);
    if (sight === 'in-sight') {
      this.#inSight.add(screen);
      this.#resting.delete(screen);
    } else if (wasHeld) this.#away.add(screen);
    // The wall is scrolled; none lets go for a wall that is hidden, or comes back as it was.
    if (sight === 'scrolled-away' || (sight === 'in-sight' && !wasHeld)) this.#trim();
  }

  /** A screen is no longer of the wall. */
  forget(screen: EntityId): void {
    this.#inSight.delete(screen);
    this.#away.delete(screen);
    this.#resting.delete(screen);
  }

  #trim(): void {
    for (const screen of this.#away) {
      if (this.#inSight.size + this.#away.size <= this.#most) return;
      this.#away.delete(screen);
      this.#resting.add(screen);
    }
  }
}
