import { afterEach, describe, expect, it, vi } from 'vitest';
import { watchShown } from '../../../../renderer/ui/shown.ts';

/** A page with one element, which the test moves in and out of sight. */
function page() {
  const document = Object.assign(new EventTarget(), { visibilityState: 'visible' });
  let see: (isIntersecting: boolean) => void = () => undefined;
  const ended = vi.fn();
  class FakeObserver {
    readonly observe = vi.fn();
    readonly disconnect = ended;
    constructor(callback: (entries: { isIntersecting: boolean }[]) => void) {
      see = (isIntersecting) => callback([{ isIntersecting: false }, { isIntersecting }]);
    }
  }
  vi.stubGlobal('document', document);
  vi.stubGlobal('IntersectionObserver', FakeObserver);
  const told: boolean[] = [];
  // Nothing of it is used but that it is observed.
  const stop = watchShown({} as Element, (isShown) => told.push(isShown));
  const show = (state: 'visible' | 'hidden'): void => {
    document.visibilityState = state;
    document.dispatchEvent(new Event('visibilitychange'));
  };
  return { told, stop, ended, show, see: (is: boolean) => see(is) };
}

describe('whether something can be seen', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('is told when it is scrolled or put behind a tab, and when its window is minimised', () => {
    const { told, show, see } = page();
    see(true);
    see(true);
    show('hidden');
    see(false);
    show('visible');
    see(true);
    expect(told).toEqual([true, false, true]);
  });

  it('is told no more once nobody wants to know', () => {
    const { told, show, see, stop, ended } = page();
    see(true);
    stop();
    show('hidden');
    expect(told).toEqual([true]);
    expect(ended).toHaveBeenCalledOnce();
  });
});
