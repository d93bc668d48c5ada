import type { LogRow } from '../../../core/logs/log-page.ts';

type Told = Pick<LogRow, 'text' | 'messageAt' | 'prefix'>;

/**
 * What a line says, beside the part that wrote it: that stands at the beginning of most messages too,
 * and is not said twice. The lines of a traceback have it of the line before them, and are left whole.
 */
export function rowMessage({ text, messageAt, prefix }: Told): string {
  const message = text.slice(messageAt);
  if (prefix === undefined || !message.startsWith(prefix)) return message;
  const [, rest] = /^(?::\s*|\s+)(.+)$/su.exec(message.slice(prefix.length)) ?? [];
  return rest ?? message;
}
