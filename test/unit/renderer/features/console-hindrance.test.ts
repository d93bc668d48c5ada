import { expect, it } from 'vitest';
import {
  consoleHindrance,
  type ConsoleFacts,
} from '../../../../renderer/features/console/console-hindrance.ts';

const open: ConsoleFacts = {
  ...{ state: 'running', isConnected: true, hasPicture: true, canResize: true, isOffered: true },
  settings: { sharesClipboard: true },
};
const off: ConsoleFacts = { ...open, state: 'off', isConnected: false };

it.each([
  ['console.ctrl-alt-delete', off, { code: 'wrong-state', state: 'off' }],
  ['console.full-screen', off, { code: 'wrong-state', state: 'off' }],
  ['console.save-picture', off, undefined],
  ['console.save-picture', { ...off, hasPicture: false }, { code: 'wrong-state', state: 'off' }],
  ['console.set-quality', off, undefined],
  ['console.share-clipboard', off, undefined],
  ['console.fit', { ...open, isConnected: false }, { code: 'no-screen' }],
  ['console.fit', open, undefined],
  ['console.give-clipboard', open, undefined],
  ['console.give-clipboard', { ...open, settings: {} }, { code: 'clipboard-not-shared' }],
  ['console.take-clipboard', { ...open, isOffered: false }, { code: 'nothing-copied' }],
  ['console.resize-guest', open, undefined],
  ['console.resize-guest', { ...open, canResize: false }, { code: 'no-desktop-size' }],
  [
    'console.resize-guest',
    { ...open, canResize: false, settings: { resizesGuest: true } },
    undefined,
  ],
] as const)('lets a console do what it can: %s', (command, facts, hindrance) => {
  expect(consoleHindrance(command, facts)).toEqual(hindrance);
});
