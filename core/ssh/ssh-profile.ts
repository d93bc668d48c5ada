import * as v from 'valibot';

const text = (longest: number) =>
  v.pipe(
    v.string(),
    v.trim(),
    v.nonEmpty(),
    v.maxLength(longest),
    // What begins with a dash would be an option to the ssh of the system.
    v.check((one) => !one.startsWith('-') && !/[\s\p{Cc}]/u.test(one), 'It cannot be used here.'),
  );

/** How a hypervisor's host is reached by SSH. What is left out comes from the user's ssh_config. */
export const SshProfile = v.strictObject({
  /** A name, an address, or a `Host` of ssh_config. */
  host: text(255),
  port: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535))),
  user: v.exactOptional(text(100)),
  /** A private key in place of the configured ones; `~` is the user's folder. */
  identityFile: v.exactOptional(
    v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(1000), v.regex(/^[^\p{Cc}]+$/u)),
  ),
  /** `[user@]host[:port]`, several with commas, or `none` for a direct way. */
  jump: v.exactOptional(text(500)),
});
export type SshProfile = v.InferOutput<typeof SshProfile>;
