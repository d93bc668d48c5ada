import { ok, type Result } from '../lib/result.ts';
import type { ElementReader, XmlElement } from '../xml/element.ts';
import { el } from '../xml/element.ts';
import { children } from './codec/elements.ts';
import { content, record } from './codec/part.ts';
import type { ReadProblem } from './codec/problem.ts';
import { text } from './codec/value.ts';
import { LOG_NAMESPACE } from './log.ts';
import { firstChild } from './stanza-content.ts';

const NAME = 'lines';
/** More of one message is not believed; a line ends after so many characters. */
const MOST_LINES = 1000;
export const LONGEST_LINE = 4000;

const lines = children(
  'line',
  record({ text: content(text(), 'one whole line, at most 4,000 characters') }),
);

/** The shape of the pushed element, for documentation and tests. */
export const LINES_SHAPE = lines.shape;

/** New lines of a log, the oldest first; `missed` where some before them were left out. */
export interface LogLines {
  readonly lines: readonly string[];
  readonly missed: boolean;
}

/** A message with lines for one session; servers drop it when that session is gone. */
export function writeLogLines(to: string, { lines: said, missed }: LogLines): XmlElement {
  const { children: inner } = lines.write(said.map((one) => ({ text: one })));
  const attributes = { xmlns: LOG_NAMESPACE, ...(missed && { missed: 'True' }) };
  return el('message', { to, type: 'headline' }, [el(NAME, attributes, inner)]);
}

/** The lines in a message; undefined when it carries none. Who may send them is the caller's to know. */
export function readLogLines(message: ElementReader): Result<LogLines, ReadProblem> | undefined {
  const found = firstChild(message, NAME);
  if (found?.namespace !== LOG_NAMESPACE) return undefined;
  const read = lines.read(found, NAME);
  if (!read.ok) return read;
  const all = read.value.map((one) => one.text.slice(0, LONGEST_LINE));
  const missed = found.attribute('missed') === 'True' || all.length > MOST_LINES;
  return ok({ lines: all.slice(-MOST_LINES), missed });
}
