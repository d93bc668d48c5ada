import { err, ok, type Result } from '../../core/lib/result.ts';
import type { ActionFailure, ActionHandlers } from '../../core/protocol/define-action.ts';
import type { ProtocolErrorCode } from '../../core/protocol/errors.ts';
import { vmControl } from '../../core/protocol/vm-control.ts';
import type { XmlElement } from '../../core/xml/element.ts';
import { serve, type Requester, type ServedGroup } from '../entities/dispatcher.ts';
import type { Domains } from '../hypervisor/domains.ts';
import type { HypervisorReply } from '../hypervisor/hypervisor-error.ts';
import {
  cleaned,
  interfaceDevices,
  mostProcessors,
  parseDefinition,
} from '../machines/definition.ts';
import type { Machine } from '../machines/machine.ts';
import { isNoDomain, stateNumber } from '../machines/machine-presence.ts';
import { fullPicture, thumbnail } from '../screen/picture.ts';
import { freeMachine } from './allocation.ts';
import { libvirtFailure } from './failures.ts';
import type { ModuleContext } from './module-context.ts';
import { maySeeSecrets } from './secrets.ts';

type Outcome<T> = Promise<Result<T, ActionFailure>>;

/** How often and how long apart memory is looked at until it is as it was asked for. */
const SETTLING_LOOKS = 4;
const SETTLING_MS = 1000;

export type VmControlHandlers = ActionHandlers<typeof vmControl, Requester>;

/** What a virtual machine is asked to do (protocol: virtual machine control). */
export function vmControlModule(handlers: VmControlHandlers): ServedGroup {
  return serve(vmControl, handlers);
}

/** What carries out the orders, for requests and for chat. */
export function vmControlHandlers(context: ModuleContext, machine: Machine): VmControlHandlers {
  const { domains } = context.host.hypervisor;
  const { uuid } = machine;
  /** Orders go to the domain as they are; what comes of them is told by libvirt's events. */
  const order = async <T>(
    failed: ProtocolErrorCode,
    done: HypervisorReply<T>,
  ): Outcome<undefined> => {
    const reply = await done;
    return reply.ok ? ok(undefined) : err(orderFailure(reply.error, failed));
  };
  return {
    info: async () => machineInfo(context, machine),
    create: async () => {
      const created = await domains.create(uuid);
      if (!created.ok) return err(orderFailure(created.error, 'vm-create-failed'));
      return ok({ id: String(created.value) });
    },
    shutdown: async () => {
      const asked = await order('vm-shutdown-failed', domains.shutdown(uuid));
      if (asked.ok && machine.entity.presence.status === 'Running') {
        machine.show({ state: 'shutting-down' });
      }
      return asked;
    },
    destroy: async () => destroy(context, machine),
    reboot: async () => order('vm-reboot-failed', domains.reboot(uuid)),
    suspend: async () => order('vm-suspend-failed', domains.suspend(uuid)),
    resume: async () => order('vm-resume-failed', domains.resume(uuid)),
    xmldesc: async (_request, { jid }) => describe(context, machine, maySeeSecrets(machine, jid)),
    migrate: async () => {
      const text = 'Archipel only supports Live migration for QEMU/KVM domains at the moment.';
      return err({ code: 'live-migration-unsupported', text });
    },
    autostart: async ({ value }) => order('vm-autostart-failed', domains.setAutostart(uuid, value)),
    memory: async ({ memoryKib }) => setMemory(context, machine, memoryKib),
    setvcpus: async ({ vcpus }) => setProcessors(context, machine, vcpus),
    networkinfo: async () => networkInfo(context, machine),
    free: async (_request, { afterwards }) => freeMachine(context, machine, afterwards),
    screenshot: async ({ size }) => screenshot(context, machine, size ?? 'full'),
  };
}

function orderFailure(
  error: Parameters<typeof isNoDomain>[0],
  failed: ProtocolErrorCode,
): ActionFailure {
  return isNoDomain(error) ? { code: 'vm-not-defined' } : libvirtFailure(error, failed);
}

async function machineInfo({ host, now }: ModuleContext, machine: Machine) {
  const { domains } = host.hypervisor;
  const [info, autostart, node] = await Promise.all([
    domains.info(machine.uuid),
    domains.getAutostart(machine.uuid),
    host.hypervisor.nodeInfo(),
  ]);
  if (!info.ok) {
    return isNoDomain(info.error)
      ? ok(undefined)
      : err(libvirtFailure(info.error, 'vm-info-failed'));
  }
  const { state, maxMemoryKiB, memoryKiB, vcpus, cpuTimeNs } = info.value;
  const cpus = node.ok ? node.value.cpus : 1;
  return ok({
    state: stateNumber(state),
    maxMemoryKib: maxMemoryKiB,
    memoryKib: memoryKiB,
    vcpus,
    cpuPercent: machine.cpu.measure(cpuTimeNs, cpus, now().getTime()),
    hypervisor: host.entity.fullJid,
    ...(autostart.ok ? { autostart: autostart.value } : {}),
  });
}

/** Forcing off what is off already is no failure. */
async function destroy({ host }: ModuleContext, machine: Machine): Outcome<undefined> {
  const { domains } = host.hypervisor;
  const info = await domains.info(machine.uuid);
  if (!info.ok) return err(orderFailure(info.error, 'vm-destroy-failed'));
  if (info.value.state === 'shutoff') return ok(undefined);
  const done = await domains.destroy(machine.uuid);
  return done.ok ? ok(undefined) : err(orderFailure(done.error, 'vm-destroy-failed'));
}

async function describe(
  { host }: ModuleContext,
  machine: Machine,
  secure: boolean,
): Outcome<XmlElement | undefined> {
  const text = await host.hypervisor.domains.getXml(machine.uuid, { secure });
  if (!text.ok) {
    return isNoDomain(text.error)
      ? ok(undefined)
      : err(libvirtFailure(text.error, 'vm-xmldesc-failed'));
  }
  const document = parseDefinition(text.value);
  if (!document.ok) return err({ code: 'vm-xmldesc-failed', text: document.error });
  return ok(cleaned(document.value.root));
}

async function setMemory(
  { host }: ModuleContext,
  machine: Machine,
  kib: number,
): Outcome<undefined> {
  const { domains } = host.hypervisor;
  const done = await domains.setMemory(machine.uuid, kib, 'live');
  if (!done.ok) return err(orderFailure(done.error, 'vm-memory-failed'));
  void pushSettledMemory(domains, machine, kib);
  return ok(undefined);
}

/** A guest gives memory back at its own pace; the push waits for it, because clients then look. */
async function pushSettledMemory(domains: Domains, machine: Machine, kib: number): Promise<void> {
  for (let look = 0; look < SETTLING_LOOKS; look += 1) {
    const info = await domains.info(machine.uuid);
    if (!info.ok || info.value.memoryKiB === kib) break;
    await new Promise((go) => setTimeout(go, SETTLING_MS));
  }
  machine.entity.push('virtualmachine:control', 'memory');
}

async function setProcessors(
  { host }: ModuleContext,
  machine: Machine,
  count: number,
): Outcome<undefined> {
  const text = await host.hypervisor.domains.getXml(machine.uuid);
  const document = text.ok ? parseDefinition(text.value) : text;
  const most = document.ok ? mostProcessors(document.value.root) : undefined;
  if (most !== undefined && count > most) {
    return err({ code: 'vcpus-above-maximum', text: `Maximum vCPU is ${most}` });
  }
  const done = await host.hypervisor.domains.setVcpus(machine.uuid, count, 'live');
  if (!done.ok) return err(orderFailure(done.error, 'vm-setvcpus-failed'));
  machine.entity.push('virtualmachine:control', 'nvcpu');
  machine.entity.push('virtualmachine:definition', 'nvcpu');
  return ok(undefined);
}

async function networkInfo({ host }: ModuleContext, machine: Machine) {
  const { domains } = host.hypervisor;
  const text = await domains.getXml(machine.uuid);
  if (!text.ok && isNoDomain(text.error)) return ok([]);
  const info = await domains.info(machine.uuid);
  if (!info.ok) return err(orderFailure(info.error, 'vm-networkinfo-failed'));
  if (info.value.state !== 'running' && info.value.state !== 'blocked') {
    return err({ code: 'vm-not-running', text: 'Virtual machine must be running.' } as const);
  }
  const document = text.ok ? parseDefinition(text.value) : text;
  const devices = document.ok ? interfaceDevices(document.value.root) : [];
  const counters = await Promise.all(
    devices.map(async ({ name, device }) => {
      const stats = await domains.interfaceStats(machine.uuid, device);
      // A card without a device on the host has no counters; the others still have theirs.
      return stats.ok ? [{ name, ...wireCounters(stats.value) }] : [];
    }),
  );
  return ok(counters.flat());
}

type Counters = Extract<
  Awaited<ReturnType<ModuleContext['host']['hypervisor']['domains']['interfaceStats']>>,
  { ok: true }
>['value'];

function wireCounters(stats: Counters) {
  return {
    receivedBytes: stats.rxBytes,
    receivedPackets: stats.rxPackets,
    receiveErrors: stats.rxErrors,
    receiveDrops: stats.rxDropped,
    sentBytes: stats.txBytes,
    sentPackets: stats.txPackets,
    sendErrors: stats.txErrors,
    sendDrops: stats.txDropped,
  };
}

async function screenshot(
  { host, settings }: ModuleContext,
  machine: Machine,
  size: 'thumbnail' | 'full',
) {
  if (!settings.givesScreenshots) return ok(undefined);
  const { domains } = host.hypervisor;
  const info = await domains.info(machine.uuid);
  if (!info.ok) return err(orderFailure(info.error, 'vm-screenshot-failed'));
  if (!['running', 'blocked', 'paused'].includes(info.value.state)) return ok(undefined);
  const taken = await domains.screenshot(machine.uuid);
  if (!taken.ok) return err(libvirtFailure(taken.error, 'vm-screenshot-failed'));
  const picture = size === 'thumbnail' ? thumbnail(taken.value) : fullPicture(taken.value);
  if (!picture.ok) return err({ code: 'vm-screenshot-failed', text: picture.error } as const);
  const { png, width, height } = picture.value;
  return ok({ mime: 'image/png', width, height, data: Buffer.from(png).toString('base64') });
}
