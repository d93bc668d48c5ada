import * as v from 'valibot';
import type { LogRow } from '../../../core/logs/log-page.ts';

/** A line that the user wants to come back to, as it is known again when the log is opened anew. */
const Bookmark = v.strictObject({ at: v.number(), host: v.string(), text: v.string() });
export type Bookmark = v.InferOutput<typeof Bookmark>;

const Bookmarks = v.array(Bookmark);
/** As many as a panel can keep for itself. */
const MOST = 16;
const MOST_TEXT = 60;

export function bookmarkOf({ timeMs, host, text, messageAt }: LogRow): Bookmark {
  return { at: timeMs, host, text: text.slice(messageAt, messageAt + MOST_TEXT) };
}

export function isSame(one: Bookmark, other: Bookmark): boolean {
  return one.at === other.at && one.host === other.host && one.text === other.text;
}

/** With the bookmark, or without it where it was there; the oldest goes where there are too many. */
export function toggled(bookmarks: readonly Bookmark[], bookmark: Bookmark): readonly Bookmark[] {
  const others = bookmarks.filter((one) => !isSame(one, bookmark));
  return others.length < bookmarks.length ? others : [...others, bookmark].slice(-MOST);
}

/** What a panel kept; what is none is left out. */
export function readBookmarks(kept: unknown): readonly Bookmark[] {
  if (typeof kept !== 'string') return [];
  try {
    const read = v.safeParse(Bookmarks, JSON.parse(kept));
    return read.success ? read.output : [];
  } catch {
    return [];
  }
}
