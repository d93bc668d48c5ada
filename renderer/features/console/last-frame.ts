interface Size {
  readonly width: number;
  readonly height: number;
}

/** A size in pixels, no wider than that. */
export function reducedTo({ width, height }: Size, mostWidth: number): Size {
  const scale = Math.min(1, mostWidth / width);
  const side = (pixels: number): number => Math.max(1, Math.round(pixels * scale));
  return { width: side(width), height: side(height) };
}

/** Of a tile that has no place, as behind another tab: as wide as tiles are where there are many. */
const UNPLACED_WIDTH = 480;

/** How many pixels of the display a tile is wide, of so many for one of a page. */
export function widthOf({ clientWidth }: Pick<Element, 'clientWidth'>, ratio: number): number {
  return Math.ceil(clientWidth * ratio) || UNPLACED_WIDTH;
}

/** Copies what a screen shows to where it stays while there is no connection, no wider than that. */
export function keepFrame(
  screen: HTMLCanvasElement,
  last: HTMLCanvasElement,
  mostWidth = Infinity,
): void {
  if (screen.width === 0 || screen.height === 0) return;
  const { width, height } = reducedTo(screen, mostWidth);
  Object.assign(last, { width, height });
  last.getContext('2d')?.drawImage(screen, 0, 0, width, height);
}
