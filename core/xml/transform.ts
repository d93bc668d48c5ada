import { withChildrenReplaced } from './edit.ts';
import type { XmlElement } from './element.ts';

/**
 * The element with each element in it changed, the inner ones first. What a change returns
 * untouched stays as it was written.
 */
export function transformed(
  root: XmlElement,
  change: (element: XmlElement) => XmlElement,
): XmlElement {
  const done = new Map<XmlElement, XmlElement>();
  // A stack of our own: the call stack must not set how deep an element may be.
  const rest = [{ element: root, isEntered: false }];
  for (let step = rest.pop(); step !== undefined; step = rest.pop()) {
    const { element, isEntered } = step;
    const inner = element.children.filter((child) => typeof child !== 'string');
    if (!isEntered) {
      rest.push({ element, isEntered: true });
      for (const child of inner) rest.push({ element: child, isEntered: false });
      continue;
    }
    const isChanged = inner.some((child) => done.get(child) !== child);
    done.set(element, change(isChanged ? withChildrenReplaced(element, done) : element));
  }
  return done.get(root) ?? root;
}
