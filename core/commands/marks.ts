import type { Settings } from '../contract/settings.ts';

/** How a command of a menu is marked: by itself, or as one of several of which one holds. */
export interface Mark {
  readonly kind: 'check' | 'radio';
  /** Those of one set exclude each other. */
  readonly set: string;
  readonly checked: boolean;
}

type Read = (settings: Settings) => boolean;

const CHECKS: Readonly<Record<string, Read>> = {
  'roster.hide-offline': ({ hideOffline }) => hideOffline,
};

const RADIOS: Readonly<Record<string, Read>> = {
  'roster.by-host': ({ arrangement }) => arrangement === 'by-host',
  'roster.by-group': ({ arrangement }) => arrangement === 'by-group',
  'theme.system': ({ theme }) => theme === 'system',
  'theme.light': ({ theme }) => theme === 'light',
  'theme.dark': ({ theme }) => theme === 'dark',
};

/** The mark of a command whose effect is in the settings; undefined: it does something and is no choice. */
export function markOf(id: string, settings: Settings): Mark | undefined {
  const check = CHECKS[id];
  if (check) return { kind: 'check', set: id, checked: check(settings) };
  const radio = RADIOS[id];
  return radio && { kind: 'radio', set: id.slice(0, id.indexOf('.')), checked: radio(settings) };
}
