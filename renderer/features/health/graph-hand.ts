import { PLOT } from '../../workers/graphs/messages.ts';
import type { HealthModel } from './health-model.svelte.ts';

/** What a pointer or a key on a graph acts on. */
interface GraphHandParts {
  readonly model: () => HealthModel;
  /** How many pixels wide time is drawn. */
  readonly room: () => number;
  /** Shares a moment with the whole workspace. */
  readonly point: (at: number) => void;
  readonly moment: () => number | undefined;
}

const ZOOM = 1.25;
const KEY_STEP = 0.2;
const MOMENT_STEP = 0.01;
/** A hand that shakes a little still clicks. */
const CLICK_PX = 4;

/** Zooms, pans and points: with the wheel, by dragging, and by keys. */
export class GraphHand {
  readonly #parts: GraphHandParts;
  #draggedFrom: number | undefined;
  #dragged = 0;

  constructor(parts: GraphHandParts) {
    this.#parts = parts;
  }

  /** With Ctrl it zooms, sideways it pans; otherwise the page scrolls as always. */
  readonly wheel = (event: WheelEvent): void => {
    const model = this.#parts.model();
    const sideways = event.shiftKey ? event.deltaY + event.deltaX : event.deltaX;
    if (event.ctrlKey || event.metaKey) {
      model.zoom(event.deltaY > 0 ? ZOOM : 1 / ZOOM, this.#momentAt(event));
    } else if (Math.abs(sideways) > 0) {
      model.pan(sideways / this.#parts.room());
    } else return;
    event.preventDefault();
  };

  readonly down = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    this.#draggedFrom = event.clientX;
    this.#dragged = 0;
    if (event.currentTarget instanceof Element)
      event.currentTarget.setPointerCapture(event.pointerId);
  };

  readonly move = (event: PointerEvent): void => {
    const model = this.#parts.model();
    model.hover = this.#momentAt(event);
    if (this.#draggedFrom === undefined) return;
    const by = event.clientX - this.#draggedFrom;
    this.#dragged += Math.abs(by);
    if (this.#dragged <= CLICK_PX) return;
    model.pan(-by / this.#parts.room());
    this.#draggedFrom = event.clientX;
  };

  readonly up = (event: PointerEvent): void => {
    const isClick = this.#draggedFrom !== undefined && this.#dragged <= CLICK_PX;
    this.#draggedFrom = undefined;
    if (isClick) this.#parts.point(Math.round(this.#momentAt(event)));
  };

  readonly leave = (): void => {
    this.#parts.model().hover = undefined;
  };

  readonly key = (event: KeyboardEvent): void => {
    const model = this.#parts.model();
    const direction = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (direction !== undefined && event.shiftKey) this.#movePoint(direction);
    else if (direction !== undefined) model.pan(direction * KEY_STEP);
    else if (event.key === '+' || event.key === '=') model.zoom(1 / ZOOM);
    else if (event.key === '-') model.zoom(ZOOM);
    else if (event.key === 'End') model.setLive(true);
    else return;
    event.preventDefault();
  };

  #movePoint(direction: number): void {
    const { span, lengthMs } = this.#parts.model();
    const before = this.#parts.moment() ?? span.to;
    const at = before + direction * MOMENT_STEP * lengthMs;
    this.#parts.point(Math.round(Math.min(span.to, Math.max(span.from, at))));
  }

  #momentAt(event: MouseEvent): number {
    const { span, lengthMs } = this.#parts.model();
    const area = event.currentTarget instanceof Element ? event.currentTarget : undefined;
    const x = event.clientX - (area?.getBoundingClientRect().left ?? 0) - PLOT.left;
    const share = Math.min(1, Math.max(0, x / this.#parts.room()));
    return span.from + share * lengthMs;
  }
}
