import { FLOATING } from '../../ui/floating.ts';

/**
 * Takes the keyboard from all of a page but an element and what floats above it, such as menus and
 * notices, until the returned function is called.
 */
export function setOthersAside(element: HTMLElement): () => void {
  const aside: HTMLElement[] = [];
  for (let part = element; part.parentElement; part = part.parentElement) {
    for (const beside of part.parentElement.children) {
      if (!(beside instanceof HTMLElement) || beside === part) continue;
      if (beside.inert || isAbove(beside)) continue;
      beside.inert = true;
      aside.push(beside);
    }
  }
  return () => {
    for (const one of aside) one.inert = false;
  };
}

/** Notices are live regions; dialogs come later, and are none of the page's parts yet. */
function isAbove(part: HTMLElement): boolean {
  return part.id === FLOATING || part.hasAttribute('aria-live');
}
