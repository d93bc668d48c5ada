/** A host whose key is to be judged by the user. */
export interface HostKeyQuestion {
  /** `host`, or `[host]:port` where the port is not 22, as in a known_hosts file. */
  readonly host: string;
  /** Such as `ssh-ed25519`. */
  readonly keyType: string;
  /** `SHA256:…`, as `ssh-keygen -l` prints it. */
  readonly fingerprint: string;
  /** The host is known by its certificate authority alone, and certificates are not supported here. */
  readonly isKnownByAuthority: boolean;
}

/** Something secret that a host or a key file wants. */
export type SecretQuestion =
  | {
      readonly kind: 'passphrase';
      readonly file: string;
      /** The one given before did not fit. */
      readonly isAgain: boolean;
    }
  | {
      readonly kind: 'password';
      readonly user: string;
      /** `host:port`. */
      readonly address: string;
      readonly isAgain: boolean;
    }
  | {
      /** The host's own question, such as for a one-time code. */
      readonly kind: 'prompt';
      readonly user: string;
      readonly address: string;
      /** The host's words: not trusted. */
      readonly instructions: string;
      readonly prompt: string;
      readonly isEchoed: boolean;
    };

/** Who answers what only the user or the keychain knows. An undefined answer ends the attempt. */
export interface SshQuestions {
  /** Whether the key is trusted from now on. */
  trustHostKey(question: HostKeyQuestion): Promise<boolean | undefined>;
  secret(question: SecretQuestion): Promise<string | undefined>;
}
