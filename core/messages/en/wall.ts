import { amounts } from './amounts.ts';
import { characters } from './typing.ts';

/** The words of the Wall panel. */
export const wall = {
  screens: (count: number) => (count === 1 ? '1 screen' : `${count} screens`),
  leftOut: (shown: number, all: number) =>
    `The first ${amounts.count(shown)} of ${amounts.count(all)} machines by name are shown. Choose fewer in the roster to see others.`,
  hint: 'Arrow keys move, Enter types into the screen, a double click opens its console.',
  open: 'A double click opens the console',
  connecting: 'Connecting',
  waiting: 'Waiting for its picture',
  notRunning: (state: string) => `It has no screen now: ${state}.`,
  choose: (machine: string) => `Choose ${machine} for typing`,
  chosen: (count: number) => (count === 1 ? '1 screen chosen' : `${count} screens chosen`),
  tools: 'Typing into several screens',
  typingInto: (count: number) =>
    count === 1 ? 'Each line goes to 1 screen' : `Each line goes to ${count} screens`,
  line: 'Line for all chosen screens',
  send: 'Type it',
  keys: 'Keys',
  differs: (percent: number) => `differs ${percent} %`,
  differsLong: (percent: number) =>
    `${percent} % of what changed since typing began differs from what most of the chosen screens show.`,
  closed: (names: string) => `Not typed to the end: the screen of ${names} is not open.`,
  stopped: (typed: number, all: number, names: string) =>
    `Stopped: ${amounts.count(typed)} of ${characters(all)}, counting Enter, were typed in ${names}, and no key is down.`,
  untypable: (count: number, names: string) =>
    count === 1
      ? `Not typed: 1 character is not on the keyboard of ${names}.`
      : `Not typed: ${count} characters are not on the keyboard of ${names}.`,
  nothing: {
    what: 'There is no machine here.',
    why: 'A wall shows the screens of virtual machines that are selected, or of a hypervisor.',
  },
};
