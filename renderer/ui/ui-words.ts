import { createContext } from 'svelte';
import type { Messages } from '../../core/messages/catalogue.ts';

/** The few words that the controls themselves need, in the user's language. */
export const [getUiWords, setUiWords] = createContext<Messages['ui']>();
