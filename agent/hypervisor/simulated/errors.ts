import { err } from '../../../core/lib/result.ts';
import type { HypervisorError } from '../hypervisor-error.ts';

interface Failure {
  readonly ok: false;
  readonly error: HypervisorError;
}

const PART = { qemu: 10, domain: 20 } as const;

/** A failure as libvirt's QEMU driver reports it. */
export function libvirtError(
  number: number,
  message: string,
  domain: number = PART.domain,
): Failure {
  return err({ code: 'libvirt', number, domain, level: 2, message });
}

export function noSuchDomain(what: string): Failure {
  return libvirtError(42, `Domain not found: no domain with matching ${what}`, PART.qemu);
}

export function invalidOperation(why: string, domain: number = PART.domain): Failure {
  return libvirtError(55, `Requested operation is not valid: ${why}`, domain);
}

export function notRunning(): Failure {
  return invalidOperation('domain is not running');
}

export function alreadyRunning(): Failure {
  return invalidOperation('domain is already running', PART.qemu);
}

export function invalidArgument(why: string, domain: number = PART.qemu): Failure {
  return libvirtError(8, `invalid argument: ${why}`, domain);
}
