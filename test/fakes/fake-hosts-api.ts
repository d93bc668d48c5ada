import type { AppApi } from '../../core/contract/contract.ts';
import type { FakeMain, Respond } from './fake-main.ts';
import type { FakeEvents } from './fake-events.ts';

const nothing = (): undefined => undefined;

/** SSH to hosts. */
export function sshApi(main: FakeMain, events: FakeEvents, respond: Respond): AppApi['ssh'] {
  return {
    profile: (input) => respond('ssh.profile', () => main.ssh, input),
    save: (input) => respond('ssh.save', nothing, input),
    test: (input) => respond('ssh.test', () => ({ tookMs: 120 }), input),
    openTerminal: (input) => respond('ssh.openTerminal', nothing, input),
    cancelTest: (input) => respond('ssh.cancelTest', nothing, input),
    hostOffer: (input) => respond('ssh.hostOffer', () => main.hostOffer, input),
    lookAtHost: (input) => respond('ssh.lookAtHost', () => main.hostFound, input),
    cancelLook: () => respond('ssh.cancelLook', nothing),
    stepped: events.sshSteps.subscribe,
  };
}

/** Shells and text consoles. */
export function terminalsApi(events: FakeEvents, respond: Respond): AppApi['terminals'] {
  return {
    open: (input) => respond('terminals.open', nothing, input),
    resize: (input) => respond('terminals.resize', nothing, input),
    close: (input) => respond('terminals.close', nothing, input),
    changed: events.terminals.subscribe,
  };
}
