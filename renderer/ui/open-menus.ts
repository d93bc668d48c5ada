const closings = new Set<() => void>();

/** Counts a menu as open until the returned function is called. */
export function countMenu(close: () => void): () => void {
  closings.add(close);
  return () => closings.delete(close);
}

/** Closes every menu, for a dialog opened over one would leave the page deaf to the pointer. */
export function closeMenus(): void {
  for (const close of closings) close();
}
