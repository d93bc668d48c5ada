/** Encodings of rectangles: RFC 6143, section 7.7, and the registry of rfbproto. */
export const ENCODING = {
  raw: 0,
  copyRect: 1,
  rre: 2,
  hextile: 5,
  zlib: 6,
  tight: 7,
  zrle: 16,
  tightPng: -260,
  desktopSize: -223,
  lastRect: -224,
  cursor: -239,
  extendedKeys: -258,
  ledState: -261,
  desktopName: -307,
  extendedDesktopSize: -308,
  fence: -312,
  continuousUpdates: -313,
  extendedClipboard: 0xc0a1e5ce | 0,
} as const;

const FRAMED: ReadonlySet<number> = new Set([
  ENCODING.raw,
  ENCODING.copyRect,
  ENCODING.rre,
  ENCODING.hextile,
  ENCODING.zlib,
  ENCODING.tight,
  ENCODING.zrle,
  ENCODING.tightPng,
  ENCODING.desktopSize,
  ENCODING.lastRect,
  ENCODING.cursor,
  ENCODING.extendedKeys,
  ENCODING.ledState,
  ENCODING.desktopName,
  ENCODING.extendedDesktopSize,
  ENCODING.extendedClipboard,
]);

const within = (value: number, from: number, to: number): boolean => value >= from && value <= to;

/**
 * Whether we know where a rectangle of this encoding ends, and want it. Left out are fences and
 * continuous updates, which would take the rate of updates out of our hands.
 */
export function isFramed(encoding: number): boolean {
  const isQuality = within(encoding, -32, -23);
  const isCompression = within(encoding, -256, -247);
  return isQuality || isCompression || FRAMED.has(encoding);
}
