import type { ConsoleRate } from '../../../core/contract/consoles.ts';

/** How a console is looked at: in a panel of its own, or in a wall, where one has the focus. */
export type ConsoleUse = 'alone' | 'focused' | 'beside';

/** How often a console is drawn: what nobody sees is not, and what is beside another seldom is. */
export function rateFor(isShown: boolean, use: ConsoleUse): ConsoleRate {
  if (!isShown) return 'none';
  return use === 'beside' ? 'slow' : 'full';
}
