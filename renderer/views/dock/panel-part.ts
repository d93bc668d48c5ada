import type { IContentRenderer } from 'dockview';
import { watchShown } from '../../ui/shown.ts';
import type { SveltePart } from './svelte-part.ts';

/** The contents of a panel, drawn once they are first seen: what stands behind asks for nothing. */
export class PanelPart<Props extends Record<string, unknown>> implements IContentRenderer {
  readonly #part: SveltePart<Props>;
  #stopWaiting: (() => void) | undefined;

  constructor(part: SveltePart<Props>) {
    this.#part = part;
  }

  get element(): HTMLElement {
    return this.#part.element;
  }

  init(): void {
    this.#stopWaiting = watchShown(this.element, (isShown) => {
      if (!isShown) return;
      this.#stopWaiting?.();
      this.#part.init();
    });
  }

  dispose(): void {
    this.#stopWaiting?.();
    this.#part.dispose();
  }
}
