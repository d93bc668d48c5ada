import type { EntityKind } from '../../core/domain/entity.ts';
import { findAction, MODULES } from '../../core/protocol/all-actions.ts';
import type { Action, ActionGroup } from '../../core/protocol/define-action.ts';
import { PUSH_EFFECTS } from '../../core/protocol/push-effects.ts';
import type { Push } from '../../core/protocol/push.ts';
import { xmppUserQuestions } from '../../core/protocol/xmpp-users.ts';

type GetAction = Action<unknown, unknown, 'get'>;

/** How often an original agent is asked what it does not push, milliseconds: as its own client does. */
const POLLED: ReadonlyMap<Action, number> = new Map<Action, number>([
  [MODULES.vm.info, 5_000],
  [MODULES.vm.screenshot, 10_000],
  [MODULES.health.info, 5_000],
]);

const PUSHED = new Set(Object.values(PUSH_EFFECTS).flat());

/** The question of that name; undefined when there is none, or it is an order. */
export function findQuestion(namespace: string, name: string): GetAction | undefined {
  const action = findAction(namespace, name);
  return action && isQuestion(action) ? action : undefined;
}

function isQuestion(action: Action): action is GetAction {
  return action.kind === 'get';
}

/** Of what nobody asks again for as long as it is shown, a new look may be content with the last. */
const LOOKED_AT_MS = 30_000;

/** How often to ask an original agent while somebody looks; undefined: never of itself. */
export function pollPeriodMs(action: Action): number | undefined {
  return POLLED.get(action);
}

/** How old values that move may be for a new look, milliseconds; undefined: those of this answer do not. */
export function freshForMs(action: Action, isOurs: boolean): number | undefined {
  const period = POLLED.get(action);
  return period !== undefined && isOurs ? LOOKED_AT_MS : period;
}

/** What hypervisors and machines only pass on from the central agent, whose pushes are its own. */
const PASSED_ON: ReadonlySet<Action> = new Set<Action>(Object.values(xmppUserQuestions));

/** Whether pushes tell when an answer is outdated. Original agents do not tell of values that move. */
export function isKeptFresh(action: Action, isOurs: boolean, kind?: EntityKind): boolean {
  if (PASSED_ON.has(action) && kind !== 'central-agent') return false;
  const name = shortName(action);
  return name !== undefined && PUSHED.has(name) && (isOurs || !POLLED.has(action));
}

/** Whether a push makes answers to this question outdated. */
export function isOutdatedBy(action: Action, push: Push): boolean {
  const name = shortName(action);
  if (push.topic === undefined || name === undefined) return false;
  return PUSH_EFFECTS[push.topic].includes(name);
}

type ShortName = `${string}.${string}`;

const NAMES = new Map<Action, ShortName>(
  Object.entries(MODULES).flatMap(([module, group]) =>
    Object.values<Action>(group satisfies ActionGroup).map((action): [Action, ShortName] => [
      action,
      `${module}.${action.name}`,
    ]),
  ),
);

function shortName(action: Action): ShortName | undefined {
  return NAMES.get(action);
}
