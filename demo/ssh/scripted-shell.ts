import type { MemoryLog } from './memory-log.ts';

/** The one file that there is. */
export const DEMO_LOG = '/var/log/archipel/archipel.log';

/** What a command prints and how it ends; `follows` is set where it goes on printing what is new. */
export interface Answer {
  readonly out: string;
  readonly error?: string;
  readonly code: number;
  readonly follows?: boolean;
}

/** The host as a command sees it. */
export interface ScriptedHost {
  readonly name: string;
  readonly user: string;
  readonly log: MemoryLog;
  readonly now: () => number;
  readonly isAgentRunning: () => boolean;
}

const HELP = `This host is part of the demo platform. It runs nothing; it knows:
  cat, tail [-n N] [-f], grep [-i] WORD, wc -l   with ${DEMO_LOG}
  ls, hostname, whoami, date, uname, echo, help, exit
`;

type Command = (words: readonly string[], host: ScriptedHost) => Answer;

const said = (out: string): Answer => ({ out: `${out}\n`, code: 0 });
const failed = (error: string, code = 1): Answer => ({ out: '', error: `${error}\n`, code });

const COMMANDS: Readonly<Record<string, Command>> = {
  cat: (words, host) => withLog('cat', words, (text) => ({ out: text, code: 0 }), host),
  date: (_, { now }) => said(new Date(now()).toString()),
  echo: (words) => said(words.join(' ')),
  exit: () => ({ out: '', code: 0 }),
  grep,
  help: () => ({ out: HELP, code: 0 }),
  hostname: (_, { name }) => said(name),
  ls: () => said(DEMO_LOG),
  tail,
  uname: () => said('Linux'),
  wc: (words, host) =>
    withLog('wc', words, (text) => said(String(text.split('\n').length - 1)), host),
  whoami: (_, { user }) => said(user),
};

/** Answers a command line from files in memory. Nothing of this machine is read or run. */
export function answerCommand(line: string, host: ScriptedHost): Answer {
  const [name, ...words] = line
    .trim()
    .split(/\s+/)
    .map((word) => word.replace(/^(['"])(.*)\1$/, '$2'));
  if (name === undefined || name === '') return { out: '', code: 0 };
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) return failed(`${name}: not found. Type help for what there is.`, 127);
  return command(words, host);
}

function withLog(
  name: string,
  words: readonly string[],
  answer: (text: string) => Answer,
  { log }: ScriptedHost,
): Answer {
  const file = words.findLast((word) => word.startsWith('/'));
  if (file === undefined) return failed(`${name}: name a file, such as ${DEMO_LOG}`, 2);
  if (file !== DEMO_LOG) return failed(`${name}: ${file}: No such file or directory`);
  return answer(log.files.map((one) => one.slice(0, one.size).toString()).join(''));
}

function grep(words: readonly string[], host: ScriptedHost): Answer {
  const isAnyCase = words.includes('-i');
  const fold = (text: string): string => (isAnyCase ? text.toLowerCase() : text);
  const [wanted] = words.filter((word) => !word.startsWith('-') && !word.startsWith('/'));
  if (wanted === undefined) return failed('grep: name a word to search for', 2);
  const find = (text: string): Answer => {
    const lines = text.split('\n').filter((line) => fold(line).includes(fold(wanted)));
    const found = lines.filter((line) => line !== '');
    return found.length === 0 ? { out: '', code: 1 } : said(found.join('\n'));
  };
  return withLog('grep', words, find, host);
}

function tail(words: readonly string[], host: ScriptedHost): Answer {
  const number = /-n\s*(\d+)/.exec(words.join(' '))?.[1] ?? '10';
  const last = (text: string): Answer => {
    const lines = text.split('\n').slice(0, -1).slice(-Number(number));
    const out = lines.map((line) => `${line}\n`).join('');
    return { out, code: 0, follows: words.some((word) => /^-[0-9n]*[fF]/.test(word)) };
  };
  return withLog('tail', words, last, host);
}
