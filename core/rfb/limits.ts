/** What either end may ask of us. Servers and pages are both untrusted. */
export interface RfbLimits {
  /** Pixels, of either side of a screen. */
  readonly side: number;
  /** Pixels of a whole screen: four bytes each in a page. */
  readonly pixels: number;
  /** Pixels of either side of a pointer's picture. */
  readonly cursorSide: number;
  /** Bytes of the name of a screen, and of a reason that a server gives. */
  readonly nameBytes: number;
  /** Bytes of a clipboard, before and after it is inflated. */
  readonly clipboardBytes: number;
  /** Encodings in one list. */
  readonly encodings: number;
}

export const RFB_LIMITS: RfbLimits = {
  side: 16_384,
  // 8K is 33 million; a page takes four bytes a pixel for its canvas.
  pixels: 67_108_864,
  cursorSide: 1_024,
  nameBytes: 4_096,
  clipboardBytes: 1_048_576,
  encodings: 1_024,
};
