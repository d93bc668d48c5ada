/**
 * Tells whether something can be seen: not behind another tab, scrolled away, or in a window that is
 * minimised or hidden. It is told at once, and then when it changes, until the returned function is
 * called.
 */
export function watchShown(element: Element, changed: (isShown: boolean) => void): () => void {
  let isInSight = false;
  let told: boolean | undefined;
  const tell = (): void => {
    const isShown = isInSight && document.visibilityState === 'visible';
    if (isShown === told) return;
    told = isShown;
    changed(isShown);
  };
  const observer = new IntersectionObserver((entries) => {
    // The last is what holds now.
    isInSight = entries.at(-1)?.isIntersecting ?? isInSight;
    tell();
  });
  observer.observe(element);
  document.addEventListener('visibilitychange', tell);
  return () => {
    observer.disconnect();
    document.removeEventListener('visibilitychange', tell);
  };
}
