import { createContext } from 'svelte';
import type { Messages } from '../../core/messages/catalogue.ts';

/** All words of the language that was chosen; the window is built anew when it changes. */
export const [getWords, setWords] = createContext<Messages>();
