import { expect, it } from 'vitest';
import { MOST_SENT_BYTES } from '../../../../core/contract/stream-port.ts';
import type { TerminalState } from '../../../../core/contract/terminals.ts';
import type { TerminalScreen } from '../../../../renderer/parts/terminal/terminal-screen.ts';
import { TerminalSession } from '../../../../renderer/parts/terminal/terminal-session.svelte.ts';
import type { TerminalListener, TerminalStore } from '../../../../renderer/state/terminal-store.ts';
import { fakeId } from '../../../fakes/fake-entities.ts';

const OPEN: TerminalState = {
  name: 'open',
  route: { kind: 'websocket', address: '127.0.0.1:6900' },
} as TerminalState;
const REFUSED: TerminalState = {
  name: 'ended',
  error: { code: 'permission-denied' },
} as unknown as TerminalState;

function session() {
  const listeners: TerminalListener[] = [];
  const store: Pick<TerminalStore, 'open' | 'close'> = {
    open: (_wish, listener) => `t${listeners.push(listener)}`,
    close: () => undefined,
  };
  const screen: Pick<TerminalScreen, 'size' | 'beginAnew'> = {
    size: { columns: 80, rows: 24 },
    beginAnew: () => undefined,
  };
  const wish = { kind: 'serial', entity: fakeId('web-01@archipel.test') } as const;
  // No byte comes, so that nothing else of the two is used.
  const made = new TerminalSession(store as TerminalStore, wish, screen as TerminalScreen);
  const say = (state: TerminalState): void => listeners.at(-1)?.changed(state);
  const connect = (port: MessagePort): void => listeners.at(-1)?.connected(port);
  return { made, say, connect, connections: () => listeners.length };
}

it('opens by itself again what was open before its machine went off, and nothing else', () => {
  const { made, say, connections } = session();
  made.comeBack();
  expect(connections()).toBe(0);
  made.connect();
  say(REFUSED);
  made.comeBack();
  expect(connections()).toBe(1);
  made.connect();
  say(OPEN);
  made.comeBack();
  expect(connections()).toBe(2);
  say(REFUSED);
  expect(made.view.name).toBe('failed');
  made.comeBack();
  expect([connections(), made.view.name]).toEqual([3, 'connecting']);
});

it('sends as much as is taken at once, and nothing of what is more', () => {
  const { made, say, connect } = session();
  made.connect();
  const sent: number[] = [];
  const port: Pick<MessagePort, 'postMessage' | 'close' | 'onmessage'> = {
    postMessage: (bytes: Uint8Array) => void sent.push(bytes.length),
    close: () => undefined,
    onmessage: null,
  };
  // Nothing else of a port is used.
  connect(port as MessagePort);
  say(OPEN);
  expect(made.type(new Uint8Array(MOST_SENT_BYTES))).toBe(true);
  expect(made.type(new Uint8Array(MOST_SENT_BYTES + 1))).toBe(false);
  expect(sent).toEqual([MOST_SENT_BYTES]);
});
