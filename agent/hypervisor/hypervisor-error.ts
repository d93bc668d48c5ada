import type { Result } from '../../core/lib/result.ts';

/**
 * Why a hypervisor did not do what it was asked. Numbers, domains and levels are libvirt's own, see
 * https://libvirt.org/html/libvirt-virterror.html; an adapter that is not libvirt uses the same numbers.
 */
export type HypervisorError =
  | {
      readonly code: 'libvirt';
      /** What went wrong, one of `virErrorNumber`, such as 42 for "no such domain". */
      readonly number: number;
      /** Which part of libvirt says so, one of `virErrorDomain`. */
      readonly domain: number;
      /** 1 for a warning, 2 for an error. */
      readonly level: number;
      readonly message: string;
    }
  | {
      /** The driver behind the connection cannot do this at all; trying again is useless. */
      readonly code: 'unsupported';
      /** What is lacking, such as "domainScreenshot" or "statistics.block". */
      readonly what: string;
      readonly number: number;
      readonly message: string;
    }
  | {
      /** There is no connection, or it was lost before the answer came: the outcome of a change is unknown. */
      readonly code: 'disconnected';
      readonly message: string;
    };

/** What every call of the port answers with: expected failures are values, only bugs reject. */
export type HypervisorReply<T> = Promise<Result<T, HypervisorError>>;

/** The libvirt error numbers that our code speaks of by name. */
export const LIBVIRT_ERROR = {
  internal: 1,
  noSupport: 3,
  invalidArgument: 8,
  operationFailed: 9,
  xmlError: 27,
  rpc: 39,
  noDomain: 42,
  authFailed: 45,
  operationInvalid: 55,
  configUnsupported: 67,
  argumentUnsupported: 74,
  noMetadata: 80,
  operationUnsupported: 84,
  authUnavailable: 96,
} as const;
