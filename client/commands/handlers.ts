import type { CommandHandlers } from './command-context.ts';
import { contactHandlers } from './contact-handlers.ts';
import { keyboardHandlers } from './keyboard-handlers.ts';
import { machineHandlers } from './machine-handlers.ts';
import { userHandlers } from './user-handlers.ts';

/** What each platform command does. */
export const commandHandlers: CommandHandlers = {
  ...machineHandlers,
  ...keyboardHandlers,
  ...contactHandlers,
  ...userHandlers,
};
