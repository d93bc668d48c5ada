export type LogLevel = 'debug' | 'info' | 'warning' | 'error' | 'critical';

/** Takes lines for the log. Who writes a message begins it with its part in capitals, such as MIGRATION. */
export interface Logger {
  debug(message: string): void;
  info(message: string): void;
  warning(message: string): void;
  error(message: string): void;
}

const ORDER: readonly LogLevel[] = ['debug', 'info', 'warning', 'error', 'critical'];

/** One line as original agents write it: `LEVEL::DATE.MS::ENTITY::MESSAGE`, the level padded. */
function formatLine(level: LogLevel, at: Date, entity: string, message: string): string {
  const local = new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString();
  const date = local.replace('T', ' ').replace('Z', '');
  // A line break inside a message must not begin a line of its own.
  const text = message.replaceAll(/\s*[\r\n]+\s*/gu, ' | ');
  return `${level.toUpperCase().padEnd(8)}::${date}::${visible(entity)}::${visible(text)}`;
}

/** Names and reasons come from others, and who reads the file in a terminal must not be commanded by it. */
function visible(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, (control) => {
    return `\\x${control.charCodeAt(0).toString(16).padStart(2, '0')}`;
  });
}

/** A logger that writes the lines that are worth it, each under the name of its entity. */
export function loggerFor(
  entity: string,
  least: LogLevel,
  write: (line: string) => void,
  now: () => Date = () => new Date(),
): Logger {
  const log = (level: LogLevel) => (message: string) => {
    if (ORDER.indexOf(level) >= ORDER.indexOf(least))
      write(formatLine(level, now(), entity, message));
  };
  return { debug: log('debug'), info: log('info'), warning: log('warning'), error: log('error') };
}
