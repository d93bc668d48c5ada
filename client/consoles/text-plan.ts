import type { AppError } from '../../core/contract/app-error.ts';
import type { Entity } from '../../core/domain/entity.ts';
import { err, ok, type Result } from '../../core/lib/result.ts';
import type { ReplyOf } from '../../core/protocol/define-action.ts';
import { vmConsole } from '../../core/protocol/vm-console.ts';
import type { RfbWay } from '../../node/rfb/reach-ways.ts';
import type { Client } from '../client.ts';
import type { SshUse } from './console-plan.ts';
import type { Place } from './place.ts';
import { endlessWords } from './endless-words.ts';

type Opened = ReplyOf<typeof vmConsole.open>;
type Ways = Result<readonly [RfbWay, ...RfbWay[]], AppError>;

/** How a text console is asked for. */
export interface TextWish {
  readonly place: Place;
  readonly ssh: SshUse;
  /** Ends the session of somebody else. */
  readonly force: boolean;
}

/** Asks a machine's agent how its text console is reached now. Only agents of ours have one. */
export async function planText(
  client: Pick<Client, 'call'>,
  entity: Entity,
  { place, ssh, force }: TextWish,
): Promise<Ways> {
  const reply = await client.call(entity.id, vmConsole.open, { kind: 'text', force });
  if (!reply.ok) return reply;
  // What `call` answers is the reply of the action that it was given.
  return waysOfText(entity.name, reply.value as Opened, place, ssh);
}

/** The proxy, which alone serves it: as it is reached from here, or from its host through SSH. */
export function waysOfText(machine: string, opened: Opened, place: Place, ssh: SshUse): Ways {
  const { token, fingerprint } = opened;
  const ways = opened.transports.flatMap(({ kind, host, port, reach, tls }): readonly RfbWay[] => {
    if (kind !== 'websocket') return [];
    const pin = fingerprint !== undefined && { fingerprint };
    const way: RfbWay = { kind, host, port, isTls: tls !== 'none', token, ...pin };
    const isProven = way.isTls && fingerprint !== undefined;
    const isHere = place === 'here' || (place === 'perhaps-here' && isProven);
    if (reach === 'network' || isHere) return [way];
    return ssh === 'none' ? [] : [{ ...way, isThroughSsh: true }];
  });
  const [first, ...others] = ways;
  const endless = endlessWords(ways);
  if (endless) return err({ code: 'console', machine, failure: endless });
  if (first) return ok([first, ...others]);
  return err({ code: 'console', machine, failure: { code: 'host-only' } });
}
