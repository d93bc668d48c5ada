import * as v from 'valibot';

/**
 * What names a host or a user. The ssh of the system hands both on to a shell, for `ProxyJump` and for
 * a `ProxyCommand` of the user's own, and not every release of it looks at them first.
 */
const name = (longest: number, unwanted: RegExp) =>
  v.pipe(
    v.string(),
    v.trim(),
    v.nonEmpty(),
    v.maxLength(longest),
    // What begins with a dash would be an option to the ssh of the system.
    v.check((one) => !one.startsWith('-') && !unwanted.test(one), 'It cannot be used here.'),
  );

/** Blanks, control characters, and what a shell takes for more than a letter. */
const NO_HOST = /[\s\p{Cc}'"`$\\;&<>|(){}*?!#~^]/u;
/** In a user's name a backslash parts it from its domain. */
const NO_USER = /[\s\p{Cc}'"`$;&<>|(){}*?!#~^]|\\$/u;

/** How a hypervisor's host is reached by SSH. What is left out comes from the user's ssh_config. */
export const SshProfile = v.strictObject({
  /** A name, an address, or a `Host` of ssh_config. */
  host: name(255, NO_HOST),
  port: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535))),
  user: v.exactOptional(name(100, NO_USER)),
  /** A private key in place of the configured ones; `~` is the user's folder. */
  identityFile: v.exactOptional(
    v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(1000), v.regex(/^[^\p{Cc}]+$/u)),
  ),
  /** `[user@]host[:port]`, several with commas, or `none` for a direct way. */
  jump: v.exactOptional(name(500, NO_HOST)),
});
export type SshProfile = v.InferOutput<typeof SshProfile>;
