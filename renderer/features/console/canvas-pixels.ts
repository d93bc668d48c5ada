/** Reads what canvases show, on one of its own that is made to be read from often. */
export class CanvasReader {
  #context: CanvasRenderingContext2D | null | undefined;

  /** The pixels of a canvas, so many times smaller; nothing where it shows nothing. */
  read(source: HTMLCanvasElement, times = 1): ImageData | undefined {
    const [width, height] = [Math.ceil(source.width / times), Math.ceil(source.height / times)];
    const context = (this.#context ??= made());
    if (!context || width * height === 0) return undefined;
    context.canvas.width = width;
    context.canvas.height = height;
    // Each pixel is then the mean of those that it stands for.
    context.imageSmoothingQuality = 'medium';
    context.drawImage(source, 0, 0, width, height);
    return context.getImageData(0, 0, width, height);
  }
}

function made(): CanvasRenderingContext2D | null {
  return document.createElement('canvas').getContext('2d', { willReadFrequently: true });
}
