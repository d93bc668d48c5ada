import type { AppApi } from '../../core/contract/contract.ts';
import type { GuestKeyboardView } from '../../core/contract/typing.ts';
import type { GivenClipboard } from '../../core/contract/guest-clipboard.ts';
import type { ConsoleSettings } from '../../core/domain/console-settings.ts';
import type { Respond } from './fake-main.ts';
import type { FakeEvents } from './fake-events.ts';

const FAKE_KEYBOARD: GuestKeyboardView = {
  ...{ layout: 'fr', isGuessed: true, way: 'auto', keymap: undefined, knownKeymap: undefined },
};

/** Typing as the fake main process answers: nothing is typed unless the test says so. */
export function typingApi(events: FakeEvents, respond: Respond): AppApi['typing'] {
  const done = (member: string) => (input: unknown) =>
    respond(`typing.${member}`, () => undefined, input);
  const names = (member: string) => (input?: unknown) =>
    respond(`typing.${member}`, (): readonly string[] => ['root of web-01'], input);
  const guest = (member: string) => (input: unknown) =>
    respond(`typing.${member}`, (): GuestKeyboardView => FAKE_KEYBOARD, input);
  return {
    guest: guest('guest'),
    remember: guest('remember'),
    type: done('type'),
    secrets: names('secrets'),
    addSecret: names('addSecret'),
    forgetSecret: names('forgetSecret'),
    typeSecret: done('typeSecret'),
    stop: done('stop'),
    changed: events.typing.subscribe,
  };
}

/** Consoles that never open by themselves. */
export function consolesApi(events: FakeEvents, respond: Respond): AppApi['consoles'] {
  const done = (member: string) => (input: unknown) =>
    respond(`consoles.${member}`, () => undefined, input);
  return {
    way: (input) => respond('consoles.way', () => 'auto' as const, input),
    setWay: done('setWay'),
    open: done('open'),
    close: done('close'),
    setRate: done('setRate'),
    press: done('press'),
    releaseKeys: done('releaseKeys'),
    settings: (input) => respond('consoles.settings', (): ConsoleSettings => ({}), input),
    remember: (input) => respond('consoles.remember', () => input.settings, input),
    setPassword: done('setPassword'),
    trust: done('trust'),
    savePicture: (input) => respond('consoles.savePicture', () => '/tmp/screen.png', input),
    copyPicture: done('copyPicture'),
    changed: events.consoles.subscribe,
    traffic: events.traffic.subscribe,
  };
}

/** A clipboard with nothing in it. */
export function guestClipboardApi(respond: Respond): AppApi['guestClipboard'] {
  return {
    read: (input) =>
      respond('guestClipboard.read', (): GivenClipboard => ({ kind: 'nothing' }), input),
    write: (input) => respond('guestClipboard.write', () => undefined, input),
  };
}

/** Typing into many machines, in which all goes well. */
export function broadcastApi(respond: Respond): AppApi['broadcast'] {
  const nothing = (): undefined => undefined;
  return {
    begin: (input) => respond('broadcast.begin', nothing, input),
    type: (input) => respond('broadcast.type', () => [], input),
    press: (input) => respond('broadcast.press', () => [], input),
    end: () => respond('broadcast.end', nothing),
  };
}

/** A disk that is full. */
export function pastsApi(respond: Respond): AppApi['pasts'] {
  const full = (): never => {
    throw new Error('Nothing is kept here');
  };
  return {
    keep: (input) => respond('pasts.keep', full, input),
    read: (input) => respond('pasts.read', full, input),
    forget: (input) => respond('pasts.forget', () => undefined, input),
  };
}
