import { amounts } from './amounts.ts';
import type { LogSourceState } from '../../contract/logs.ts';
import type { LogLevel } from '../../logs/log-line.ts';

const LEVELS: Readonly<Record<LogLevel, string>> = {
  debug: 'debug',
  info: 'info',
  warning: 'warning',
  error: 'error',
  critical: 'critical',
};

function lines(count: number): string {
  return count === 1 ? '1 line' : `${amounts.count(count)} lines`;
}

/** The words of the Logs panel. */
export const logs = {
  list: 'Lines',
  tools: 'Log',
  filter: 'Filter the lines',
  regex: 'regex',
  regexHint: 'The filter is a regular expression.',
  case: 'Aa',
  caseHint: 'Capitals and small letters differ.',
  invert: 'not',
  invertHint: 'Lines that do not fit are shown instead.',
  errors: 'errors',
  only: (name: string) => `only ${name}`,
  levels: LEVELS,
  level: 'Level',
  anyLevel: 'every level',
  andAbove: (level: LogLevel) => `${LEVELS[level]} and above`,
  prefixes: 'Parts of the agent',
  prefix: (name: string, count: number) => `${name} ${amounts.count(count)}`,
  columns: {
    time: 'Time',
    host: 'Host',
    level: 'Level',
    module: 'Module',
    entity: 'Entity',
    message: 'Message',
  },
  disconnected: (jid: string) =>
    `${jid} is not connected: no new lines come by XMPP. What stands here is what was told before.`,
  connect: 'Connect',
  noTime: 'no time',
  gap: 'lines may be missing here',
  count: (shown: number, total: number) =>
    shown === total ? lines(total) : `${amounts.count(shown)} of ${lines(total)}`,
  forgotten: (count: number) => `The oldest ${lines(count)} were forgotten.`,
  searching: (percent: number) => `searched ${percent} %`,
  cancel: 'Cancel',
  badRegex: (detail: string) => `This is no regular expression: ${detail}.`,
  slowRegex: (regex: string) =>
    `The expression ${regex} takes too long on some line. Simplify it: repeats inside of repeats cost most.`,
  pause: 'Pause',
  follow: 'Follow',
  newLines: (count: number) => (count === 1 ? '1 new line' : `${amounts.count(count)} new lines`),
  nextMatch: 'Next highlighted line',
  previousMatch: 'Previous highlighted line',
  noMatch: 'No further line has a highlighted word.',
  more: 'More',
  copy: 'Copy lines',
  line: 'The chosen line',
  copyLine: 'Copy the line',
  copyLines: (count: number) => (count === 1 ? 'Copy the line' : `Copy ${lines(count)}`),
  copyMessages: (count: number) =>
    count === 1 ? 'Copy the message' : `Copy ${amounts.count(count)} messages`,
  bookmarkLine: 'Bookmark',
  highlightWord: (word: string) => `Highlight “${word}”`,
  showOnly: 'Show only',
  naming: (entity: string) => `lines that name ${entity}`,
  menu: 'What can be done with the line',
  copied: (count: number) => `Copied ${lines(count)}.`,
  bookmark: 'Bookmark this line, or forget it',
  chooseFirst: 'Choose a line first.',
  bookmarks: 'Bookmarks',
  saveShown: 'Export the lines shown…',
  saveAll: 'Export all lines…',
  saved: (count: number, file: string) => `Wrote ${lines(count)} to ${file}.`,
  words: 'Highlighted words',
  highlight: 'Highlight',
  highlightHint: 'Highlights what stands in the filter, and clears the filter.',
  highlighted: (word: string) => `Highlighted: ${word}`,
  removeHighlight: 'Remove',
  notify: 'Notify when it comes',
  noticed: (pattern: string, host: string) => `“${pattern}” in the log of ${host}`,
  sources: 'Where the lines come from',
  via: { ssh: 'SSH', xmpp: 'by XMPP, the last lines' },
  states: {
    connecting: 'connecting',
    following: 'following',
    missing: 'no such file',
    denied: 'may not be read',
    waiting: 'waiting',
    failed: 'not followed',
  } satisfies Readonly<Record<LogSourceState['state'], string>>,
  source: (name: string, state: string, via: string) => `${name}: ${state} (${via})`,
  again: (seconds: number) =>
    seconds === 0 ? 'Trying again now.' : `Trying again in ${seconds} s.`,
  fileMissing: (file: string) => `${file} is not there. Start the agent, or check where it logs.`,
  fileDenied: (file: string) => `${file} may not be read. Use SSH as a user who may.`,
  setUpSsh: 'SSH…',
  tryNow: 'Try now',
  noLines: {
    what: 'No line was written yet.',
    why: 'Lines are shown as the agent writes them.',
  },
  noLineFits: {
    what: 'No line fits.',
    why: 'All of them are hidden by the filter.',
    next: 'Clear the filter',
  },
};
