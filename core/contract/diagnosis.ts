import * as v from 'valibot';
import type { EntityState } from '../domain/entity.ts';
import { BareJid } from '../domain/jid.ts';
import type { AppError } from './app-error.ts';
import { call, reply } from './define.ts';
import { Failure, type Explanation } from './explanation.ts';

/** Good: this is not why. Bad: this is, or belongs to it. Unknown: it cannot be found out from here. */
export type CheckOutcome = 'good' | 'bad' | 'unknown';

/** Why something about an account on the server could not be found out. */
export type LookupObstacle =
  /** Only administrators of the server are told. */
  | 'not-administrator'
  /** The account belongs to another server. */
  | 'other-server'
  /** The server has no such command, or answers with something else. */
  | 'not-offered';

/** One thing that was looked at, in the order in which it was, with what was seen. */
export type OfflineCheck = { readonly outcome: CheckOutcome } & (
  | { readonly name: 'link'; readonly account: BareJid; readonly error?: AppError }
  | {
      readonly name: 'account';
      readonly jid: BareJid;
      readonly obstacle?: LookupObstacle;
      /** When it last logged in, in the words of the server. */
      readonly lastLogin?: string;
      /** Known JIDs that are one slip of the hand away. */
      readonly similar: readonly BareJid[];
    }
  | {
      readonly name: 'subscription';
      readonly subscription: 'none' | 'to' | 'from' | 'both' | 'not-in-roster';
      readonly pending: boolean;
    }
  | {
      readonly name: 'resources';
      readonly obstacle?: LookupObstacle;
      /** Resources that the server holds connections of. */
      readonly resources: readonly string[];
    }
  | { readonly name: 'hypervisor'; readonly hypervisor: string; readonly state: EntityState }
  | {
      readonly name: 'managed';
      readonly hypervisor: string;
      /** Why the hypervisor did not say. */
      readonly error?: AppError;
    }
  /** The host of a hypervisor and its SSH port, as `host:port`. */
  | { readonly name: 'host-port'; readonly address: string; readonly error?: AppError }
  | { readonly name: 'host-login'; readonly address: string; readonly error?: AppError }
  | {
      readonly name: 'agent-process';
      /** Processes of an agent that run there now. */
      readonly running: number;
      readonly unit?: AgentUnit;
      /** How often it says in its log that it started, within the last ten minutes. */
      readonly starts: number;
    }
  | {
      readonly name: 'agent-log';
      /** The file on the host, or `journalctl -u archipel-agent`. */
      readonly place: string;
      readonly state: 'read' | 'missing' | 'denied';
      /** Its last errors, the oldest first, with secrets masked; at most five, 300 characters each. */
      readonly lines: readonly string[];
    }
);

/** The unit of systemd that runs an agent, in the words of `systemctl show`. */
export interface AgentUnit {
  readonly name: string;
  /** `active`, `inactive`, `failed`, `activating`, … */
  readonly active: string;
  /** `running`, `dead`, `auto-restart`, … */
  readonly sub: string;
  /** `success`, `exit-code`, `signal`, … */
  readonly result: string;
  readonly restarts: number;
  readonly exitStatus: number;
}

/** Why an entity is offline: the first of these that the checks found. */
export type OfflineCause =
  | { readonly name: 'online'; readonly state: EntityState }
  /** The own account is not connected; nothing can be said of anybody. */
  | { readonly name: 'link-down'; readonly account: BareJid }
  /** Not certain where the server does not tell, and one that is known is a slip away. */
  | {
      readonly name: 'no-account';
      readonly isCertain: boolean;
      readonly similar: readonly BareJid[];
    }
  | { readonly name: 'not-subscribed'; readonly pending: boolean; readonly isThere: boolean }
  | { readonly name: 'hypervisor-down'; readonly hypervisor: BareJid; readonly called: string }
  | { readonly name: 'not-managed'; readonly called: string }
  /** The hypervisor has the machine, and its XMPP entity is not connected. */
  | { readonly name: 'machine-silent'; readonly called: string }
  /** The account has no connection: its agent does not run, or does not reach the server. */
  | { readonly name: 'agent-down' }
  /** A person without a connection, or somebody who never said to be more. */
  | { readonly name: 'not-logged-in' }
  /** Connected, but its presence does not come through. */
  | { readonly name: 'presence-missing'; readonly resources: readonly string[] }
  | HostCause;

/** Why an entity is offline, as its hypervisor's host shows. `line`: what the agent's log says. */
export type HostCause =
  | { readonly name: 'host-down'; readonly address: string }
  /** The host is up, and nothing listens at its SSH port. */
  | { readonly name: 'ssh-port-closed'; readonly address: string }
  /** Nobody could log in, or the host did not say. */
  | { readonly name: 'host-unseen'; readonly error: AppError }
  | { readonly name: 'agent-stopped'; readonly unit?: AgentUnit; readonly line?: string }
  | { readonly name: 'agent-crashing'; readonly times: number; readonly line?: string }
  /** It runs, and the server refuses its password or account. */
  | { readonly name: 'agent-refused'; readonly line: string }
  /** It runs, and does not reach the server. */
  | { readonly name: 'agent-cut-off'; readonly line: string }
  /** It runs, and its log tells of nothing that would keep it away. */
  | { readonly name: 'agent-silent' };

/** What was found on the host of a hypervisor. */
export interface HostDiagnosis {
  readonly checks: readonly OfflineCheck[];
  readonly cause: HostCause;
}

export interface OfflineDiagnosis {
  readonly jid: BareJid;
  readonly called: string;
  readonly cause: OfflineCause;
  readonly checks: readonly OfflineCheck[];
}

export const diagnosis = {
  /** Looks for the reason why an entity is offline; `jid` need not be in the roster. */
  whyOffline: call(v.strictObject({ account: BareJid, jid: BareJid }), reply<OfflineDiagnosis>()),
  /** Finds the stanzas, the module, the permission and the log lines behind something that went wrong. */
  explain: call(Failure, reply<Explanation>()),
};
