import { ok } from '../../core/lib/result.ts';
import { vmControl } from '../../core/protocol/vm-control.ts';
import { scripted, type ScriptedAction } from './action-script.ts';
import type { ScriptedMachine } from './scripted-machine.ts';

/** What a scripted machine answers to the actions of `archipel:vm:control`. */
export function machineActions(machine: ScriptedMachine): readonly ScriptedAction[] {
  return [
    scripted(vmControl.info, () => ok(machine.info())),
    scripted(vmControl.create, () => {
      const started = machine.start();
      return started.ok ? ok({ id: '1' }) : started;
    }),
    scripted(vmControl.shutdown, () => machine.shutdown()),
    scripted(vmControl.destroy, () => machine.destroy()),
    scripted(vmControl.reboot, () => machine.reboot()),
    scripted(vmControl.suspend, () => machine.suspend()),
    scripted(vmControl.resume, () => machine.resume()),
    scripted(vmControl.xmldesc, () => ok(machine.definition())),
    scripted(vmControl.autostart, ({ value }) => machine.setAutostart(value)),
    scripted(vmControl.memory, ({ memoryKib }) => machine.setMemory(Math.round(memoryKib / 1024))),
    scripted(vmControl.setvcpus, ({ vcpus }) => machine.setVcpus(vcpus)),
    scripted(vmControl.networkinfo, () => ok(machine.traffic())),
  ];
}
