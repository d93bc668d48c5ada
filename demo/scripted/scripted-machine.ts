import { Curve } from '../../agent/hypervisor/simulated/curve.ts';
import { seededRandom, seedOf } from '../../agent/hypervisor/simulated/random.ts';
import { type DomainState, domainStateNumber } from '../../core/domain/domain-state.ts';
import type { BareJid } from '../../core/domain/jid.ts';
import { err, ok, type Result } from '../../core/lib/result.ts';
import type { XmlElement } from '../../core/xml/element.ts';
import type { ActionFailure, ReplyOf } from '../../core/protocol/define-action.ts';
import { writePresence } from '../../core/protocol/presence.ts';
import { writeVmPresence, type VmPresence } from '../../core/protocol/vm-presence.ts';
import type { vmControl } from '../../core/protocol/vm-control.ts';
import type { EntityScript } from '../server/entity.ts';
import type { Happening } from '../world/happenings.ts';
import { definitionElement } from '../world/machine-definition.ts';
import type { Machine, MachineState } from '../world/world.ts';
import { answerRequest, type ScriptRules } from './action-script.ts';
import { type ControlledMachine, machineActions } from './machine-actions.ts';
import { sharedActions } from './shared-actions.ts';
import { commonAnswer, type Surroundings } from './surroundings.ts';

type Outcome = Result<undefined, ActionFailure>;

const SHUTDOWN_MS = 2500;
const MIGRATION_STEP_MS = 3000;
const MIGRATION_STEP_PERCENT = 4;
/** Counters of traffic begin again after this time, as those of a host that is restarted now and then. */
const COUNTER_SPAN_SECONDS = 10_000_000;

const DOMAIN_STATES: Readonly<Record<MachineState | 'shutting-down', DomainState>> = {
  running: 'running',
  migrating: 'running',
  paused: 'paused',
  'shutting-down': 'shutting-down',
  off: 'off',
  crashed: 'crashed',
};

/** A virtual machine that exists only as a script: for fleets too large for an agent each. */
export class ScriptedMachine implements ControlledMachine, EntityScript {
  readonly bare: BareJid;
  readonly resource: string;
  readonly machine: Machine;
  readonly #hypervisor: string;
  readonly #surroundings: Surroundings;
  readonly #rules: ScriptRules;
  readonly #curve: Curve;
  #state: MachineState | 'shutting-down';
  #percent = 12;
  #autostart: boolean;
  memoryMib: number;
  vcpus: number;

  constructor(
    bare: BareJid,
    machine: Machine,
    host: { readonly name: string; readonly jid: string },
    surroundings: Surroundings,
  ) {
    this.bare = bare;
    this.machine = machine;
    this.resource = host.name;
    this.#hypervisor = host.jid;
    this.#surroundings = surroundings;
    this.#state = machine.state;
    this.#autostart = machine.tags.includes('production');
    this.memoryMib = machine.memoryMib;
    this.vcpus = machine.vcpus;
    this.#curve = new Curve(seededRandom(seedOf(1, machine.name)));
    const setTags = (tags: readonly string[]): void => surroundings.publishTags(bare, tags);
    const { standings } = surroundings;
    this.#rules = {
      actions: [...machineActions(this), ...sharedActions('virtualmachine', standings, setTags)],
      mayUse: (asker, action) => standings.mayUse(asker, action, 'virtualmachine'),
    };
    if (machine.state === 'migrating') this.#migrateOn();
  }

  presence(): XmlElement {
    return writePresence(writeVmPresence(this.#shown()));
  }

  answer(stanza: XmlElement): XmlElement | undefined {
    if (stanza.name !== 'iq') return undefined;
    return commonAnswer(stanza, this.machine.name) ?? answerRequest(this.#rules, stanza);
  }

  /** Lets something happen; where its state does not allow it, nothing does. */
  suffer(happening: Happening): void {
    switch (happening) {
      case 'crash':
        if (this.#isUp) this.#become('crashed', 'crashed');
        break;
      case 'pause':
        this.suspend();
        break;
      case 'resume':
        this.resume();
        break;
      case 'shutdown':
        this.shutdown();
        break;
      case 'start':
        this.start();
    }
  }

  start(): Outcome {
    if (this.#isUp) return refused('Requested operation is not valid: domain is already running');
    return this.#become('running', 'created');
  }

  shutdown(): Outcome {
    if (!this.#isUp) return refused('Requested operation is not valid: domain is not running');
    this.#state = 'shutting-down';
    this.#surroundings.domain.refresh(this.bare);
    this.#surroundings.clock.after(SHUTDOWN_MS, () => {
      if (this.#state === 'shutting-down') this.#become('off', 'shutdown');
    });
    return ok(undefined);
  }

  destroy(): Outcome {
    if (!this.#isUp) return refused('Requested operation is not valid: domain is not running');
    return this.#become('off', 'shutdown');
  }

  suspend(): Outcome {
    if (this.#state !== 'running') return refused('Requested operation is not valid: not running');
    return this.#become('paused', 'suspended');
  }

  resume(): Outcome {
    if (this.#state !== 'paused') return refused('Requested operation is not valid: not paused');
    return this.#become('running', 'resumed');
  }

  reboot(): Outcome {
    return this.#isUp
      ? ok(undefined)
      : refused('Requested operation is not valid: domain is not running');
  }

  setAutostart(value: boolean): Outcome {
    this.#autostart = value;
    return ok(undefined);
  }

  setMemory(mib: number): Outcome {
    if (mib > this.machine.maxMemoryMib) {
      return refused('invalid argument: cannot set memory higher than max memory');
    }
    this.memoryMib = mib;
    this.#surroundings.push(this.bare, 'virtualmachine:control', 'memory');
    return ok(undefined);
  }

  setVcpus(count: number): Outcome {
    if (count > this.machine.maxVcpus) return err({ code: 'vcpus-above-maximum' });
    this.vcpus = count;
    this.#surroundings.push(this.bare, 'virtualmachine:control', 'nvcpu');
    return ok(undefined);
  }

  info(): ReplyOf<typeof vmControl.info> {
    const seconds = this.#surroundings.clock.now() / 1000;
    const share = this.#state === 'running' ? this.machine.workload.cpuShare : 0;
    return {
      state: domainStateNumber(DOMAIN_STATES[this.#state]),
      maxMemoryKib: this.machine.maxMemoryMib * 1024,
      memoryKib: this.memoryMib * 1024,
      vcpus: this.vcpus,
      cpuPercent: Math.round(share * this.#curve.at(seconds) * 1000) / 10,
      hypervisor: this.#hypervisor,
      autostart: this.#autostart,
    };
  }

  definition(): XmlElement {
    return definitionElement({ ...this.machine, memoryMib: this.memoryMib, vcpus: this.vcpus });
  }

  traffic(): ReplyOf<typeof vmControl.networkinfo> {
    if (!this.#isUp) return [];
    const elapsed = (this.#surroundings.clock.now() / 1000) % COUNTER_SPAN_SECONDS;
    const seconds = this.#curve.until(elapsed);
    const { rxBytesPerSecond, txBytesPerSecond } = this.machine.workload;
    const [receivedBytes, sentBytes] = [rxBytesPerSecond, txBytesPerSecond].map((rate) => {
      return Math.max(0, Math.round(rate * seconds));
    });
    const [received = 0, sent = 0] = [receivedBytes, sentBytes];
    const clean = { receiveErrors: 0, receiveDrops: 0, sendErrors: 0, sendDrops: 0 };
    return [
      {
        name: 'vnet0',
        receivedBytes: received,
        receivedPackets: Math.ceil(received / 900),
        sentBytes: sent,
        sentPackets: Math.ceil(sent / 900),
        ...clean,
      },
    ];
  }

  get #isUp(): boolean {
    return !['off', 'crashed'].includes(this.#state);
  }

  #shown(): VmPresence {
    if (this.#state === 'migrating') return { state: 'migrating', percent: this.#percent };
    return { state: this.#state };
  }

  #become(
    state: MachineState,
    change: 'crashed' | 'created' | 'resumed' | 'shutdown' | 'suspended',
  ): Outcome {
    this.#state = state;
    this.#surroundings.domain.refresh(this.bare);
    this.#surroundings.push(this.bare, 'virtualmachine:control', change);
    return ok(undefined);
  }

  #migrateOn(): void {
    this.#surroundings.clock.after(MIGRATION_STEP_MS, () => {
      if (this.#state !== 'migrating') return;
      this.#percent += MIGRATION_STEP_PERCENT;
      if (this.#percent < 100) {
        this.#surroundings.domain.refresh(this.bare);
        this.#migrateOn();
      } else {
        this.#become('running', 'resumed');
      }
    });
  }
}

function refused(text: string): Outcome {
  return err({ code: 'libvirt-error', text, number: 55 });
}
