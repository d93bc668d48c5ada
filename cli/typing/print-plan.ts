import { eventsOf, type TypingPlan } from '../../core/keyboard/compile-text.ts';
import { layoutOf, type LayoutId } from '../../core/keyboard/layout.ts';
import { messagesFor } from '../../core/messages/catalogue.ts';

const words = messagesFor('en').keyboard;

/** What would be sent, as lines for people or as JSON. */
export function printPlan(layout: LayoutId, plan: TypingPlan, isJson: boolean): void {
  if (isJson) console.log(asJson(layout, plan));
  else console.log(asLines(layout, plan).join('\n'));
}

/** For a layout without Latin letters: which group the guest must be in. */
export function groupLine(layout: LayoutId, plan: TypingPlan): string | undefined {
  const { latin } = layoutOf(layout);
  if (latin === undefined) return undefined;
  return words.guestGroup(words.layouts[plan.group === 'latin' ? latin : layout]);
}

function asJson(layout: LayoutId, plan: TypingPlan): string {
  const { group, untypable } = plan;
  return JSON.stringify({ layout, group, events: eventsOf(plan), untypable });
}

function asLines(layout: LayoutId, plan: TypingPlan): readonly string[] {
  const events = eventsOf(plan);
  return [
    words.compiled(events.length, words.layouts[layout]),
    groupLine(layout, plan) ?? '',
    events.map(({ scancode, down }) => `${down ? '+' : '-'}${scancode.toString(16)}`).join(' '),
    ...plan.untypable.map(words.untypable),
  ].filter((line) => line !== '');
}
