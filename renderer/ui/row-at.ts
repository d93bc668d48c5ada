/** The place of the row that an event came from: of the element that says so by `data-row`. */
export function rowAt(target: EventTarget | null): number | undefined {
  const row = target instanceof Element ? target.closest('[data-row]') : null;
  return row instanceof HTMLElement ? Number(row.dataset['row']) : undefined;
}
