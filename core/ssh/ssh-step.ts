/** What is reached on the way to an SSH host, for each host in between as well; `address` is `host:port`. */
export type SshStep =
  | {
      readonly name: 'connecting';
      readonly address: string;
      /** The jump host that carries the connection. */
      readonly through?: string;
    }
  | {
      readonly name: 'host-key';
      readonly address: string;
      /** Such as `ssh-ed25519`. */
      readonly keyType: string;
      /** `SHA256:…`. */
      readonly fingerprint: string;
    }
  | {
      readonly name: 'logged-in';
      readonly address: string;
      readonly user: string;
      /** What was tried last: `agent`, `key <file>`, `password`, …; '' where the host asked for nothing. */
      readonly method: string;
    };
