/** Markers by their second byte (ITU T.81, table B.1). */
const START_OF_SCAN = 0xda;
const END_OF_IMAGE = 0xd9;
const ADOBE = 0xee;
const FRAMES = [0xc0, 0xc1, 0xc2];
const TABLES = [0xc4, 0xdb, 0xdd];
const NEEDED = new Set([...FRAMES, ...TABLES, START_OF_SCAN, END_OF_IMAGE]);

/**
 * The same JPEG of nothing but its frame, tables and scans, and Adobe's marker for its colours. Throws when it is
 * cut off, or has other than one frame: the decoder sets memory aside for each that it meets.
 */
export function pureJpeg(bytes: Uint8Array): Uint8Array {
  const pure = Buffer.concat([bytes.subarray(0, 2), ...neededSegments(bytes)]);
  if (countOfFrames(pure) !== 1) throw new Error('It has not one frame.');
  return pure;
}

function* neededSegments(bytes: Uint8Array): Generator<Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 2;
  for (;;) {
    if (view.getUint8(at) !== 0xff) throw new Error('It has something between its segments.');
    const marker = view.getUint8(at + 1);
    const end = marker === END_OF_IMAGE ? at + 2 : endOfSegment(view, at, marker);
    const segment = bytes.subarray(at, end);
    if (NEEDED.has(marker) || isAdobe(marker, segment)) yield segment;
    if (marker === END_OF_IMAGE) return;
    at = end;
  }
}

/** Behind a segment, and behind the image data that follow the head of a scan. */
function endOfSegment(view: DataView, at: number, marker: number): number {
  let end = at + 2 + view.getUint16(at + 2);
  while (marker === START_OF_SCAN && !isMarker(view, end)) end += 1;
  return end;
}

/** In image data a byte 0xff is followed by a zero or is a restart (ITU T.81, B.1.1.2). */
function isMarker(view: DataView, at: number): boolean {
  const next = view.getUint8(at + 1);
  return view.getUint8(at) === 0xff && next !== 0 && (next < 0xd0 || next > 0xd7);
}

function isAdobe(marker: number, segment: Uint8Array): boolean {
  return marker === ADOBE && Buffer.from(segment.subarray(4, 9)).toString('latin1') === 'Adobe';
}

/** Wherever the decoder might find one. */
function countOfFrames(bytes: Uint8Array): number {
  return bytes.reduce(
    (count, byte, at) => count + (byte === 0xff && FRAMES.includes(bytes[at + 1] ?? 0) ? 1 : 0),
    0,
  );
}
