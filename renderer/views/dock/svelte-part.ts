import type {
  IContentRenderer,
  IHeaderActionsRenderer,
  ITabRenderer,
  IWatermarkRenderer,
} from 'dockview';
import { mount, unmount, type Component } from 'svelte';

/** A component in the shape that the docking library wants. */
export class SveltePart<Props extends Record<string, unknown>>
  implements IContentRenderer, IHeaderActionsRenderer, ITabRenderer, IWatermarkRenderer
{
  readonly element = document.createElement('div');
  readonly #component: Component<Props>;
  readonly #props: Props;
  readonly #context: Map<unknown, unknown>;
  #mounted: Record<string, unknown> | undefined;

  constructor(
    component: Component<Props>,
    props: Props,
    context: Map<unknown, unknown>,
    className: string,
  ) {
    this.#component = component;
    this.#props = props;
    this.#context = context;
    this.element.className = className;
  }

  init(): void {
    this.#mounted = mount(this.#component, {
      target: this.element,
      props: this.#props,
      context: this.#context,
    });
  }

  dispose(): void {
    if (this.#mounted) void unmount(this.#mounted);
  }
}
