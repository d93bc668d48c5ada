/** The part of a key event that a shortcut looks at. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

const onMac = typeof navigator !== 'undefined' && navigator.platform.startsWith('Mac');

const SIGNS: Readonly<Record<string, string>> = {
  Mod: onMac ? '⌘' : 'Ctrl',
  Enter: '↵',
  PageUp: 'PgUp',
  PageDown: 'PgDn',
  Shift: onMac ? '⇧' : 'Shift',
  Alt: onMac ? '⌥' : 'Alt',
};

/** The keys of `Mod+Shift+K` as they stand on this machine's keyboard. */
export function shortcutKeys(shortcut: string): readonly string[] {
  return shortcut.split('+').map((key) => SIGNS[key] ?? key);
}

/** Tells whether a key press is the one a shortcut names; `Mod` is Command on macOS, else Control. */
export function isShortcut(shortcut: string, press: KeyPress, mac = onMac): boolean {
  const parts = shortcut.split('+');
  const key = parts.at(-1) ?? '';
  const wanted = new Set(parts.slice(0, -1));
  return (
    press.key.toLowerCase() === key.toLowerCase() &&
    press.ctrlKey === (wanted.has('Ctrl') || (wanted.has('Mod') && !mac)) &&
    press.metaKey === (wanted.has('Mod') && mac) &&
    press.shiftKey === wanted.has('Shift') &&
    press.altKey === wanted.has('Alt')
  );
}
