import { en } from './en/en.ts';
import { pseudo } from './pseudo.ts';

/** The words of one language: plain texts, and functions for texts with numbers or names in them. */
export type Messages = typeof en;

/** `pseudo` is English made longer and accented, to find texts that do not fit or were not translated. */
export type Language = 'en' | 'pseudo';

export function messagesFor(language: Language): Messages {
  return language === 'pseudo' ? pseudo(en) : en;
}
