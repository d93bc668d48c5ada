/** In the order of their weight. */
export const LOG_LEVELS = ['debug', 'info', 'warning', 'error', 'critical'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** A line of an agent's log, taken apart. */
export interface LogLine {
  /** The whole line as it is shown: without colours, control characters made visible. */
  readonly text: string;
  readonly level: LogLevel | undefined;
  /** Milliseconds since 1970, by the clock of the host. */
  readonly timeMs: number | undefined;
  /** The source file and line that an original agent names, such as `utils.py:73`. */
  readonly source: string | undefined;
  /** Whom it is about: a JID, or the name of an entity. */
  readonly entity: string | undefined;
  /** The part that wrote it, in capitals at the beginning of the message, such as `MIGRATION`. */
  readonly prefix: string | undefined;
  /** Where the message begins in the text. */
  readonly messageAt: number;
}

// Colours of a terminal (ECMA-48, "SGR"). An agent that sends its log by XMPP leaves out the escape.
const COLOUR = new RegExp(`${String.fromCharCode(27)}\\[(?:\\d{1,3})?(?:;\\d{1,3})*m`, 'g');
const BARE_COLOUR = /\[\d{1,3}(?:;\d{1,3})*m/g;
const CONTROL = /(?!\t)\p{Cc}/gu;
const DATE = /^(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,6}))?$/;
const SOURCE = /^[\w.-]+\.\w+:\d+$/;
// `TNArchipelVirtualMachine.migrate (uuid@example.org/hv1)`: who, in the words of an original agent.
const ORIGINAL_ENTITY = /^[\w.]+ \(([^\s()]+)\)$/;
const PREFIX = /^([A-Z][A-Z0-9_-]{2,30})(?=[\s:])/;
const SEPARATOR = '::';
const MOST_HEAD = 400;

/**
 * Reads a line as original agents write it (`LEVEL::DATE.MS::FILE:LINE::MESSAGE`) and as ours do
 * (`LEVEL::DATE.MS::ENTITY::MESSAGE`); any other is a line without these parts. Dates have no zone:
 * `zoneMinutes` is how far the host's time is ahead of UTC.
 */
export function parseLogLine(raw: string, zoneMinutes = 0): LogLine {
  const text = visible(raw);
  const head = headOf(text);
  if (!head) return { ...UNKNOWN, text };
  const { level, timeMs, rest, at } = head;
  const parts = splitRest(text, rest, at);
  const prefix = PREFIX.exec(text.slice(parts.messageAt, parts.messageAt + 40))?.[1];
  return { text, level, timeMs: timeMs - zoneMinutes * 60_000, prefix, ...parts };
}

const UNKNOWN = {
  level: undefined,
  timeMs: undefined,
  source: undefined,
  entity: undefined,
  prefix: undefined,
  messageAt: 0,
} as const;

/** Without colours, and with control characters as `\xNN`. */
function visible(raw: string): string {
  const plain = raw.includes('[') ? withoutColours(raw) : raw;
  return plain.replace(CONTROL, (sign) => `\\x${sign.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

function withoutColours(raw: string): string {
  const text = raw.replace(COLOUR, '');
  return /^\[\d{1,3}m/.test(text) ? text.replace(BARE_COLOUR, '') : text;
}

interface Head {
  readonly level: LogLevel;
  readonly timeMs: number;
  /** The field after the date. */
  readonly rest: string;
  readonly at: number;
}

function headOf(text: string): Head | undefined {
  const first = text.indexOf(SEPARATOR);
  if (first < 0 || first > 40) return undefined;
  const level = levelOf(text.slice(0, first).trim());
  const second = text.indexOf(SEPARATOR, first + 2);
  if (level === undefined || second < 0 || second > 80) return undefined;
  const timeMs = timeOf(text.slice(first + 2, second));
  if (timeMs === undefined) return undefined;
  const at = second + 2;
  const third = text.indexOf(SEPARATOR, at);
  const rest = third < 0 || third - at > MOST_HEAD ? '' : text.slice(at, third);
  return { level, timeMs, rest, at };
}

function splitRest(
  text: string,
  field: string,
  at: number,
): Pick<LogLine, 'source' | 'entity' | 'messageAt'> {
  if (field === '') return { source: undefined, entity: undefined, messageAt: at };
  const after = at + field.length + SEPARATOR.length;
  if (!SOURCE.test(field)) return { source: undefined, entity: field, messageAt: after };
  const end = text.indexOf(SEPARATOR, after);
  const who = end < 0 || end - after > MOST_HEAD ? '' : text.slice(after, end);
  const entity = ORIGINAL_ENTITY.exec(who)?.[1];
  const messageAt = entity === undefined ? after : end + SEPARATOR.length;
  return { source: field, entity, messageAt };
}

function levelOf(word: string): LogLevel | undefined {
  const name = word.toLowerCase();
  if (name === 'warn') return 'warning';
  if (name === 'fatal') return 'critical';
  return LOG_LEVELS.find((level) => level === name);
}

function timeOf(text: string): number | undefined {
  const match = DATE.exec(text.trim());
  if (!match) return undefined;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map(Number);
  const ms = Number((match[7] ?? '').padEnd(3, '0').slice(0, 3));
  return Date.UTC(year, month - 1, day, hour, minute, second, ms);
}

/**
 * Reads the lines of one log in order. A line that is no beginning, such as those of a traceback,
 * belongs to the one before and has its time, level and entity.
 */
export class LogLineReader {
  zoneMinutes = 0;
  #before: LogLine | undefined;

  read(raw: string): LogLine {
    const line = parseLogLine(raw, this.zoneMinutes);
    const before = this.#before;
    if (line.timeMs !== undefined) this.#before = line;
    else if (before) {
      const { level, timeMs, entity, prefix } = before;
      return { ...line, level, timeMs, entity, prefix };
    }
    return line;
  }
}
