import { createContext } from 'svelte';

/** How what a panel shows is given the keyboard once the user opens it or clicks on its tab. */
export interface PanelKeyboard {
  /** Has `take` called then, until the returned function is called. */
  serve(take: () => void): () => void;
}

export const [getPanelKeyboard, setPanelKeyboard] = createContext<PanelKeyboard>();
