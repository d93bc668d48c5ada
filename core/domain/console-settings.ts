import * as v from 'valibot';

/** How sharp a screen is drawn, and so how much of a line it takes: by itself, or always so. */
export const SCREEN_QUALITIES = ['auto', 'sharp', 'balanced', 'slow-line'] as const;
export const ScreenQuality = v.picklist(SCREEN_QUALITIES);
export type ScreenQuality = v.InferOutput<typeof ScreenQuality>;

/** What the user chose for the console of a machine; what is absent was not chosen. */
export const ConsoleSettings = v.strictObject({
  /** What is copied on either side can be pasted on the other. */
  sharesClipboard: v.optional(v.boolean()),
  /** The guest's screen is made as large as its panel, where the server lets it. */
  resizesGuest: v.optional(v.boolean()),
  /** What memory has no room for of its past is kept on the disk, encrypted. */
  keepsPast: v.optional(v.boolean()),
  quality: v.optional(ScreenQuality),
});
export type ConsoleSettings = v.InferOutput<typeof ConsoleSettings>;
