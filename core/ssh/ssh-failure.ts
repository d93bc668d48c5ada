/** Which part of making a connection took too long. */
export type SshPhase = 'connect' | 'handshake' | 'authentication';

/** Why there is no connection to an SSH host. Plain data; `address` is `host:port`. */
export type SshFailure =
  | { readonly code: 'ssh-unknown-host'; readonly host: string }
  | { readonly code: 'ssh-unreachable'; readonly address: string; readonly detail: string }
  | {
      readonly code: 'ssh-timed-out';
      readonly address: string;
      readonly phase: SshPhase;
      readonly seconds: number;
    }
  | { readonly code: 'ssh-handshake-failed'; readonly address: string; readonly detail: string }
  /** Whoever was asked did not trust the key. */
  | {
      readonly code: 'ssh-host-key-refused';
      readonly address: string;
      readonly fingerprint: string;
    }
  | {
      readonly code: 'ssh-host-key-changed';
      readonly address: string;
      /** Of the key that the host shows now: `SHA256:…`. */
      readonly fingerprint: string;
      readonly knownFingerprint: string;
      /** Where the known key is written. */
      readonly file: string;
      readonly line: number;
    }
  | {
      readonly code: 'ssh-host-key-revoked';
      readonly address: string;
      readonly fingerprint: string;
      readonly file: string;
      readonly line: number;
    }
  | {
      readonly code: 'ssh-denied';
      readonly address: string;
      readonly user: string;
      /** What was tried, in order: `agent`, `key <file>`, `password`, … */
      readonly tried: readonly string[];
      /** The methods that the host accepts, as it names them (RFC 4252). */
      readonly offered: readonly string[];
    }
  | { readonly code: 'ssh-key-unreadable'; readonly file: string; readonly detail: string }
  | { readonly code: 'ssh-config-unusable'; readonly file: string; readonly detail: string }
  | { readonly code: 'ssh-known-hosts-unreadable'; readonly file: string; readonly detail: string }
  | { readonly code: 'ssh-closed'; readonly address: string; readonly detail: string }
  /** A shell on it reads nothing of what is typed. */
  | { readonly code: 'ssh-unread'; readonly address: string }
  | {
      /** The host did not open a connection onward, or a command or shell. */
      readonly code: 'ssh-channel-refused';
      readonly address: string;
      readonly wanted: string;
      readonly detail: string;
    };
