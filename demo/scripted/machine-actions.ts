import { ok, type Result } from '../../core/lib/result.ts';
import type { ActionFailure, ReplyOf } from '../../core/protocol/define-action.ts';
import { vmControl } from '../../core/protocol/vm-control.ts';
import type { XmlElement } from '../../core/xml/element.ts';
import { scripted, type ScriptedAction } from './action-script.ts';

type Outcome = Result<undefined, ActionFailure>;

/** What can be asked of a machine and done to it. */
export interface ControlledMachine {
  start(): Outcome;
  shutdown(): Outcome;
  destroy(): Outcome;
  reboot(): Outcome;
  suspend(): Outcome;
  resume(): Outcome;
  setAutostart(value: boolean): Outcome;
  setMemory(mib: number): Outcome;
  setVcpus(count: number): Outcome;
  info(): ReplyOf<typeof vmControl.info>;
  definition(): XmlElement;
  /** What came and went over its network card since it started. */
  traffic(): ReplyOf<typeof vmControl.networkinfo>;
}

/** What a scripted machine answers to the actions of `archipel:vm:control`. */
export function machineActions(machine: ControlledMachine): readonly ScriptedAction[] {
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
