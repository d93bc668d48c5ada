import type { Middleware } from '@xmpp/middleware';
import type { LtxElement } from './elements.ts';
import type { LinkEntity } from './link-entity.ts';

/** What the parts of the library that we use look at. */
interface Passing {
  readonly entity: LinkEntity;
  readonly stanza: LtxElement;
}

type Step = (passing: Passing, next: () => Promise<unknown>) => unknown;

/**
 * The library's middleware without its contexts: those read two addresses for every stanza in either
 * direction, which nobody here asks for, and which costs more than reading the stanza.
 */
export function linkMiddleware(entity: LinkEntity): Middleware<LinkEntity> {
  const incoming: Step[] = [];
  const outgoing: Step[] = [];
  const pass = (steps: readonly Step[]) => (stanza: LtxElement) => {
    run(steps, { entity, stanza }).catch((cause: unknown) => entity.emit('error', cause));
  };
  entity.on('element', pass(incoming));
  entity.on('send', pass(outgoing));
  // The steps are given less than their types say: what they use of it is above.
  const stack = { use: adderTo(incoming), filter: adderTo(outgoing) };
  return stack as unknown as Middleware<LinkEntity>;
}

function adderTo(steps: Step[]): (step: Step) => Step {
  return (step) => {
    steps.push(step);
    return step;
  };
}

async function run(steps: readonly Step[], passing: Passing, at = 0): Promise<unknown> {
  return steps[at]?.(passing, async () => run(steps, passing, at + 1));
}
