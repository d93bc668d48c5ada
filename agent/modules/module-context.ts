import type { Values } from '../configuration/configuration.ts';
import type { ModuleState } from '../configuration/modules.ts';
import type { Consoles } from '../consoles/consoles.ts';
import type { HypervisorHost } from '../machines/hypervisor-host.ts';
import type { HealthCollector } from '../health/collector.ts';
import type { LogTail } from '../log/log-tail.ts';
import type { Organisation } from '../store/agent-store.ts';
import type { Avatars } from './avatar-module.ts';

/** What modules of this hypervisor share. */
export interface ModuleContext {
  readonly host: HypervisorHost;
  readonly settings: ModuleSettings;
  readonly modules: readonly ModuleState[];
  readonly statistics: HealthCollector;
  readonly now: () => Date;
  /** In [0, 1). */
  readonly random: () => number;
  readonly newUuid: () => string;
  readonly newPassword: () => string;
  readonly avatars: Avatars;
  readonly logs: LogTail;
  /** Undefined where their module is not loaded. */
  readonly consoles: Consoles | undefined;
  /** Full JID of the central agent; undefined where none is known. */
  readonly centralAgent: string | undefined;
}

/** Whether a module of the configuration is at work. */
export function isLoaded({ modules }: Pick<ModuleContext, 'modules'>, module: string): boolean {
  return modules.some(({ id, isLoaded: isIt }) => id === module && isIt);
}

/** The part of the configuration that modules read. */
export interface ModuleSettings {
  readonly organisation: Organisation;
  readonly mayHoldSpaces: boolean;
  readonly mayUseBlockDevices: boolean;
  readonly givesScreenshots: boolean;
  readonly names: readonly string[];
  readonly baseFolder: string;
  readonly libvirtUri: string;
  readonly migrationUri: string | undefined;
  readonly machineIp: string;
}

/** Takes from the configuration what modules read. */
export function moduleSettings(values: Values, names: readonly string[]): ModuleSettings {
  const { GLOBAL, VCARD, VIRTUALMACHINE } = values;
  return {
    organisation: {
      organisation: VCARD.orgname,
      unit: VCARD.orgunit,
      locality: VCARD.locality,
      owner: VCARD.userid,
      categories: VCARD.categories,
    },
    mayHoldSpaces: VIRTUALMACHINE.allow_blank_space_in_vm_name,
    mayUseBlockDevices: VIRTUALMACHINE.enable_block_device_access,
    givesScreenshots: !VIRTUALMACHINE.disable_screenshot,
    names,
    baseFolder: VIRTUALMACHINE.vm_base_path,
    libvirtUri: GLOBAL.libvirt_uri,
    migrationUri: GLOBAL.migration_uri,
    machineIp: GLOBAL.machine_ip,
  };
}
