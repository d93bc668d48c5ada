import { ipcRenderer } from 'electron';
import { contract, type BridgedApi } from '../core/contract/contract.ts';
import { channelOf, groupsOf, membersOf } from '../core/contract/define.ts';

type Listener = (payload: unknown) => void;

/** One function for each member of the contract, and nothing else of Electron. */
export function bridge(): BridgedApi {
  const groups = groupsOf(membersOf(contract), ({ group, name, member }) => {
    const channel = channelOf(group, name);
    return member.kind === 'call' ? caller(channel) : subscriber(channel);
  });
  // Built from the contract itself, member by member.
  return groups as unknown as BridgedApi;
}

function caller(channel: string) {
  return (input?: unknown): Promise<unknown> => ipcRenderer.invoke(channel, input);
}

function subscriber(channel: string) {
  return (listener: Listener): (() => void) => {
    const receive = (_event: unknown, payload: unknown): void => {
      listener(payload);
    };
    ipcRenderer.on(channel, receive);
    return () => {
      ipcRenderer.removeListener(channel, receive);
    };
  };
}
