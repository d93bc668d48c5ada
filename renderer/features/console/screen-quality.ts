import type { ScreenQuality } from '../../../core/domain/console-settings.ts';

export type DrawnQuality = Exclude<ScreenQuality, 'auto'>;

/** The pseudo-encodings of RFB's registry: 0 to 9 each. */
export interface QualityLevels {
  readonly quality: number;
  readonly compression: number;
}

export const QUALITY_LEVELS: Readonly<Record<DrawnQuality, QualityLevels>> = {
  sharp: { quality: 9, compression: 1 },
  balanced: { quality: 6, compression: 2 },
  'slow-line': { quality: 2, compression: 9 },
};

/** Milliseconds from a key to its picture at best: less is quick, more is slow; between them it stays. */
const QUICK = { enter: 60, leave: 120 };
const SLOW = { enter: 250, leave: 150 };

/** How a screen is drawn from now on: as chosen, or by itself by how quickly it reacted at best. */
export function suitableQuality(
  chosen: ScreenQuality,
  drawn: DrawnQuality,
  quickestMs: number | undefined,
): DrawnQuality {
  if (chosen !== 'auto') return chosen;
  if (quickestMs === undefined) return 'balanced';
  if (quickestMs > (drawn === 'slow-line' ? SLOW.leave : SLOW.enter)) return 'slow-line';
  return quickestMs < (drawn === 'sharp' ? QUICK.leave : QUICK.enter) ? 'sharp' : 'balanced';
}
