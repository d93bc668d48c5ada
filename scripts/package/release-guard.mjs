/**
 * Why a packaged application must not exist, if so. Users get the pinned Electron and nothing else;
 * a development package may hold another one and says so in its name.
 * @param {{ development: boolean, pinned: string, runtime: string }} packed
 * @returns {string | undefined}
 */
export function releaseProblem({ development, pinned, runtime }) {
  if (development || runtime === pinned) return undefined;
  return `A release must hold Electron ${pinned}, but this package holds ${runtime}.`;
}
