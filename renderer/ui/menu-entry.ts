import type { IconName } from './icons.ts';

/** One line of a menu. */
export type MenuEntry =
  | { readonly kind: 'separator'; readonly key: string }
  | { readonly kind: 'heading'; readonly key: string; readonly label: string }
  | {
      readonly kind: 'item';
      readonly key: string;
      readonly label: string;
      readonly icon?: IconName | undefined;
      readonly shortcut?: string | undefined;
      /** Why it cannot be chosen now; it stays readable. */
      readonly reason?: string | undefined;
      readonly dangerous?: boolean;
      /** Ticked or not, where the item is a choice. */
      readonly checked?: boolean | undefined;
      /** One of several of which one holds. */
      readonly radio?: boolean;
      readonly onselect: () => void;
    };
