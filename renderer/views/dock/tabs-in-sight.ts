import type { DockviewApi } from 'dockview';

/** Where a tab stands among all tabs of its strip, in pixels. */
interface Place {
  readonly start: number;
  readonly end: number;
}

/** How far a strip has to be scrolled to have a tab whole in sight; the beginning of one that is too long. */
export function scrollFor({ start, end }: Place, scrolled: number, room: number): number {
  if (start < scrolled || end - start > room) return start;
  return Math.max(scrolled, end - room);
}

/**
 * Keeps the tab in front of each group whole in sight, until the returned function is called. The docking
 * library scrolls to it once, when it comes to the front: then its title may not be there yet, and the
 * button for tabs out of sight, which takes room from the strip, comes only after that.
 */
export function keepTabsInSight(api: DockviewApi): () => void {
  const watched = new Map<string, () => void>();
  const watch = ({ id, element }: { readonly id: string; readonly element: HTMLElement }): void => {
    const strip = element.querySelector<HTMLElement>('.dv-tabs-container');
    if (strip && !watched.has(id)) watched.set(id, watchStrip(strip));
  };
  api.groups.forEach(watch);
  const stops = [
    api.onDidAddGroup(watch),
    api.onDidRemoveGroup(({ id }) => {
      watched.get(id)?.();
      watched.delete(id);
    }),
  ];
  return () => {
    for (const stop of stops) stop.dispose();
    for (const end of watched.values()) end();
  };
}

function watchStrip(strip: HTMLElement): () => void {
  let inFront: Element | null = null;
  const sizes = new ResizeObserver(() => {
    if (inFront) reveal(inFront, strip);
  });
  const follow = (): void => {
    const active = strip.querySelector(':scope > .dv-active-tab');
    if (active === inFront) return;
    if (inFront) sizes.unobserve(inFront);
    // Whose size is told at once.
    if (active) sizes.observe(active);
    inFront = active;
  };
  const changes = new MutationObserver((records) => {
    follow();
    // Tabs came, went or changed places, none of which need be larger than it was.
    if (inFront && records.some(({ target }) => target === strip)) reveal(inFront, strip);
  });
  changes.observe(strip, { childList: true, subtree: true, attributeFilter: ['class'] });
  sizes.observe(strip);
  follow();
  return () => {
    changes.disconnect();
    sizes.disconnect();
  };
}

function reveal(tab: Element, strip: HTMLElement): void {
  const [one, all] = [tab.getBoundingClientRect(), strip.getBoundingClientRect()];
  const start = Math.floor(one.left - all.left + strip.scrollLeft);
  const end = Math.ceil(one.right - all.left + strip.scrollLeft);
  const scrolled = scrollFor({ start, end }, strip.scrollLeft, Math.floor(all.width));
  if (scrolled !== strip.scrollLeft) strip.scrollLeft = scrolled;
}
