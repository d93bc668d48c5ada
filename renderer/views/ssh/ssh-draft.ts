import * as v from 'valibot';
import { SshProfile } from '../../../core/ssh/ssh-profile.ts';

/** A profile as it stands in the form; an empty field is left to ssh_config. */
export type SshDraft = Record<keyof SshProfile, string>;

/** What is wrong with a draft, by the field it stands at. */
export type SshDraftProblem = keyof SshProfile;

const FIELDS = ['host', 'port', 'user', 'identityFile', 'jump'] as const;

export function draftOf(profile: SshProfile): SshDraft {
  const { host, port, user = '', identityFile = '', jump = '' } = profile;
  return { host, port: port === undefined ? '' : String(port), user, identityFile, jump };
}

/** The profile that a draft stands for, or the field that is wrong. */
export function profileOf(draft: SshDraft): SshProfile | SshDraftProblem {
  const port = draft.port.trim();
  const given = Object.entries(draft).filter(([, text]) => text.trim() !== '');
  const fields = { ...Object.fromEntries(given), ...(port !== '' && { port: Number(port) }) };
  const parsed = v.safeParse(SshProfile, fields);
  if (parsed.success) return parsed.output;
  const wrong = parsed.issues[0].path?.[0]?.key;
  return FIELDS.find((field) => field === wrong) ?? 'host';
}
