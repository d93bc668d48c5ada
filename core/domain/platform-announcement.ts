import * as v from 'valibot';
import { BareJid } from './jid.ts';

/**
 * What the embedded platform prints in one line of JSON when it is ready. Everything in it is made
 * anew for each run.
 */
export const PlatformAnnouncement = v.object({
  host: v.string(),
  port: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535)),
  domain: v.string(),
  /** SHA-256 of the server's certificate, upper-case hex pairs with colons. */
  fingerprint: v.string(),
  accounts: v.array(v.object({ jid: BareJid, password: v.string(), role: v.string() })),
  hypervisors: v.array(v.object({ jid: BareJid, name: v.string() })),
  /** An SSH host on which each hypervisor is a user by its name, with its agent's log. */
  ssh: v.object({
    host: v.string(),
    port: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535)),
    /** Kind and base64, as in a known_hosts file. */
    hostKey: v.string(),
    /** `SHA256:…`, as `ssh-keygen -l` prints it. */
    fingerprint: v.string(),
    password: v.string(),
    /** The file of each log. */
    log: v.string(),
  }),
});
export type PlatformAnnouncement = v.InferOutput<typeof PlatformAnnouncement>;
