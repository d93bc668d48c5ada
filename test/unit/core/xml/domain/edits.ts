/** One field of an element changed. */
export interface FieldEdit {
  /** What is read from the source. */
  readonly from: unknown;
  /** What is written in its place. */
  readonly to: unknown;
  /** The lines that change. */
  readonly lines: readonly string[];
}

/** A source and an edit of each field in it. */
export interface RecordCases {
  readonly source: string;
  readonly edits: Readonly<Record<string, FieldEdit>>;
}

/** What is read, what is written instead, and the lines that change by it. */
export const edit = (from: unknown, to: unknown, ...lines: string[]): FieldEdit => ({
  from,
  to,
  lines,
});
