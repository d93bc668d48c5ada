import { toCarry } from '../../core/contract/carriage.ts';
import { contract, type AppAnnouncer } from '../../core/contract/contract.ts';
import { channelOf, groupsOf, membersOf } from '../../core/contract/define.ts';

/** Something that takes messages: a window's contents. */
export interface Receiver {
  isDestroyed(): boolean;
  send(channel: string, payload: unknown): void;
}

/** Makes an announcer that sends each event of the contract to whoever is listening now. */
export function announcerTo(receivers: () => Iterable<Receiver>): AppAnnouncer {
  const events = membersOf(contract).filter(({ member }) => member.kind === 'event');
  const groups = groupsOf(events, ({ group, name, member }) => {
    const channel = channelOf(group, name);
    return (payload: unknown) => {
      const carried = toCarry(member, payload);
      for (const receiver of receivers()) {
        if (!receiver.isDestroyed()) receiver.send(channel, carried);
      }
    };
  });
  // Built from the contract itself, member by member.
  return groups as unknown as AppAnnouncer;
}
