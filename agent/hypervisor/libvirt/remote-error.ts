import { LIBVIRT_ERROR, type HypervisorError } from '../hypervisor-error.ts';
import { remoteError } from './wire-types.ts';
import { decode } from './xdr.ts';

/** The part of libvirt that speaks the protocol; it is what refuses a procedure it does not know. */
const FROM_RPC = 7;

const LACKING: ReadonlySet<number> = new Set([
  LIBVIRT_ERROR.noSupport,
  LIBVIRT_ERROR.operationUnsupported,
  LIBVIRT_ERROR.argumentUnsupported,
]);

/** What an error reply says; `what` names the procedure that was asked for. */
export function readRemoteError(payload: Uint8Array, what: string): HypervisorError {
  const decoded = decode(remoteError, payload);
  if (!decoded.ok) return localError(`The daemon's error is unreadable: ${decoded.error}`);
  const { number, domain, level } = decoded.value;
  const message = decoded.value.message ?? `libvirt error ${number}`;
  const isUnknownProcedure = number === LIBVIRT_ERROR.rpc && domain === FROM_RPC;
  if (LACKING.has(number) || isUnknownProcedure) {
    return { code: 'unsupported', what, number, message };
  }
  return { code: 'libvirt', number, domain, level, message };
}

/** A failure that was found on our side of the connection. */
export function localError(message: string, number: number = LIBVIRT_ERROR.rpc): HypervisorError {
  return { code: 'libvirt', number, domain: FROM_RPC, level: 2, message };
}
