import type { XPathProblem } from '../../xml/xpath/expression.ts';
import { amounts } from './amounts.ts';

const PROBLEMS: Readonly<Record<XPathProblem['code'], (problem: XPathProblem) => string>> = {
  unexpected: ({ found }) => `“${found}” cannot stand here.`,
  unfinished: () => 'It ends too early.',
  'unknown-function': ({ found }) => `There is no function ${found}().`,
  'wrong-arguments': ({ found }) => `${found}() takes another number of arguments.`,
  'unknown-prefix': ({ found }) => `The prefix of ${found} is not known. Write Q{namespace}name.`,
  'unsupported-axis': ({ found }) => `The axis ${found}:: is not supported.`,
  'too-long': () => 'It is too long.',
  'too-deep': () => 'It is nested too deeply.',
};

/** The Stanzas panel. */
export const stanzas = {
  filter: 'Filter by peer, namespace, action, text',
  count: (shown: number, all: number) => {
    const some = shown === all ? '' : `${amounts.count(shown)} of `;
    return `${some}${amounts.count(all)} ${all === 1 ? 'stanza' : 'stanzas'}`;
  },
  searching: (found: number) => `${amounts.count(found)} found so far…`,
  more: 'more',
  byNamespace: 'Namespace',
  byJid: 'JID of either side',
  byXPath: 'XPath',
  xpathExample: 'XPath, such as //error[@code="501"]',
  xpathProblem: (problem: XPathProblem) =>
    `Character ${problem.at + 1}: ${PROBLEMS[problem.code](problem)}`,
  list: 'Stanzas',
  detail: 'Stanza',
  time: 'Time',
  direction: 'Direction',
  in: 'received',
  out: 'sent',
  peer: 'Other side',
  what: 'What',
  took: 'Took',
  size: 'Size',
  noAnswer: 'no answer yet',
  request: 'Request',
  answer: 'Answer',
  copy: 'Copy',
  edit: 'Edit and send…',
  editTitle: 'To be sent',
  send: 'Send…',
  cancel: 'Cancel',
  notXml: (line: number, column: number, code: string) =>
    `This is no XML: line ${line}, column ${column}, ${code}.`,
  saveFixture: 'Save as fixture…',
  sendAgain: 'Send again…',
  sendAgainHint: 'The app asks before it goes out.',
  clear: 'Clear',
  pause: 'Hold',
  resume: 'Go on',
  kinds: { iq: 'iq', presence: 'presence', message: 'message', other: 'other' },
  errorsOnly: 'errors',
  pickOne: {
    what: 'No stanza is chosen.',
    why: 'Choose one in the list to read it with its answer.',
  },
  noMatch: {
    what: 'No stanza matches.',
    why: 'All of them are hidden by the filter.',
    next: 'Clear the filter',
  },
};
