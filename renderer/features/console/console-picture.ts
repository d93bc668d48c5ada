/** What a canvas shows as a PNG; nothing where it shows nothing. */
export async function pngOf(
  canvas: HTMLCanvasElement,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (canvas.width === 0 || canvas.height === 0) return undefined;
  const blob = await new Promise<Blob | null>((resolve) => {
    canvas.toBlob(resolve, 'image/png');
  });
  return blob ? new Uint8Array(await blob.arrayBuffer()) : undefined;
}
