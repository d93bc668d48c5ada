/** Copies what a screen shows to where it stays while there is no connection. */
export function keepFrame(screen: HTMLCanvasElement, last: HTMLCanvasElement): void {
  if (screen.width === 0 || screen.height === 0) return;
  last.width = screen.width;
  last.height = screen.height;
  last.getContext('2d')?.drawImage(screen, 0, 0);
}
