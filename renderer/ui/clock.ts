import { createSubscriber } from 'svelte/reactivity';

const TICK_MS = 1000;

const follow = createSubscriber((update) => {
  const timer = setInterval(update, TICK_MS);
  return () => clearInterval(timer);
});

/** The time now in milliseconds since 1970; what is drawn from it is drawn anew each second. */
export function now(): number {
  follow();
  return Date.now();
}

/** How many whole seconds are left until a moment, in milliseconds since 1970; drawn anew each second. */
export function secondsUntil(at: number): number {
  return Math.max(0, Math.ceil((at - now()) / 1000));
}
