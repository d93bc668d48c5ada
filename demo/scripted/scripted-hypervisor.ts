import { Curve } from '../../agent/hypervisor/simulated/curve.ts';
import { seededRandom, seedOf } from '../../agent/hypervisor/simulated/random.ts';
import type { BareJid } from '../../core/domain/jid.ts';
import { ok } from '../../core/lib/result.ts';
import { writeHypervisorPresence } from '../../core/protocol/agent-presence.ts';
import type { ReplyOf } from '../../core/protocol/define-action.ts';
import { health } from '../../core/protocol/health.ts';
import { hypervisorControl } from '../../core/protocol/hypervisor-control.ts';
import { localDateTimeOf } from '../../core/protocol/local-date-time.ts';
import { writePresence } from '../../core/protocol/presence.ts';
import type { XmlElement } from '../../core/xml/element.ts';
import type { EntityScript } from '../server/entity.ts';
import { fullJid } from '../server/jid-text.ts';
import type { Host } from '../world/world.ts';
import { answerRequest, scripted, type ScriptedAction, type ScriptRules } from './action-script.ts';
import type { ScriptedMachine } from './scripted-machine.ts';
import { sharedActions } from './shared-actions.ts';
import { commonAnswer, type Surroundings } from './surroundings.ts';

type HealthInfo = ReplyOf<typeof health.info>;

const SAMPLE_MS = 5000;
const KIB_IN_GIB = 1024 * 1024;
const GIB = 1024 ** 3;

/** A hypervisor that exists only as a script, with its scripted machines. */
export class ScriptedHypervisor implements EntityScript {
  readonly bare: BareJid;
  readonly resource: string;
  readonly host: Host;
  readonly #machines: readonly ScriptedMachine[];
  readonly #surroundings: Surroundings;
  readonly #rules: ScriptRules;
  readonly #curve: Curve;

  constructor(
    bare: BareJid,
    host: Host,
    machines: readonly ScriptedMachine[],
    surroundings: Surroundings,
  ) {
    this.bare = bare;
    this.resource = host.name;
    this.host = host;
    this.#machines = machines;
    this.#surroundings = surroundings;
    this.#curve = new Curve(seededRandom(seedOf(2, host.name)));
    const { standings } = surroundings;
    const setTags = (tags: readonly string[]): void => surroundings.publishTags(bare, tags);
    this.#rules = {
      actions: [...this.#actions(), ...sharedActions('hypervisor', standings, setTags)],
      mayUse: (asker, action) => standings.mayUse(asker, action, 'hypervisor'),
    };
  }

  presence(): XmlElement {
    const machines = this.#machines.length;
    return writePresence(writeHypervisorPresence({ state: 'available', machines }));
  }

  answer(stanza: XmlElement): XmlElement | undefined {
    if (stanza.name !== 'iq') return undefined;
    return commonAnswer(stanza, this.host.name) ?? answerRequest(this.#rules, stanza);
  }

  #actions(): readonly ScriptedAction[] {
    return [
      scripted(hypervisorControl.rostervm, () => {
        return ok(
          this.#machines.map(({ bare, resource, machine }) => {
            return { jid: fullJid(bare, resource), isManaged: true, name: machine.name };
          }),
        );
      }),
      scripted(hypervisorControl.nodeinfo, () => ok(this.#node())),
      scripted(hypervisorControl.ip, () => ok('127.0.0.1')),
      scripted(health.info, () => ok(this.#health())),
      scripted(health.history, ({ limit }) => {
        const now = this.#surroundings.clock.now();
        const samples = Array.from({ length: Math.min(limit, 500) }, (_, index) => {
          return this.#sample(now - index * SAMPLE_MS);
        });
        return ok(samples);
      }),
    ];
  }

  #node(): ReplyOf<typeof hypervisorControl.nodeinfo> {
    const { sockets, coresPerSocket, mhz, memoryGib } = this.host;
    return {
      model: 'x86_64',
      memoryMib: memoryGib * 1024,
      cpus: sockets * coresPerSocket * 2,
      cpuMhz: mhz,
      numaNodes: 1,
      sockets,
      coresPerSocket,
      threadsPerCore: 2,
    };
  }

  #sample(at: number): Pick<HealthInfo, 'cpu' | 'load' | 'memory' | 'networks'> {
    const date = localDateTimeOf(new Date(at));
    const busy = Math.min(97, 30 * this.#curve.at(at / 1000));
    const totalKib = this.host.memoryGib * KIB_IN_GIB;
    const used = this.#machines.reduce((sum, { memoryMib }) => sum + memoryMib * 1024, 0);
    const usedKib = Math.min(used + 2 * KIB_IN_GIB, totalKib);
    const load = (factor: number): number => Math.round(busy * factor * 10) / 100;
    return {
      memory: { date, totalKib, usedKib, freeKib: totalKib - usedKib, swappedKib: 0, sharedKib: 0 },
      cpu: { date, idlePercent: Math.round((100 - busy) * 10) / 10 },
      load: { date, one: load(1), five: load(0.9), fifteen: load(0.8) },
      networks: [{ name: 'eth0', deltaBytes: Math.round(busy * 120_000) }],
    };
  }

  #health(): HealthInfo {
    const usage = { usedBytes: 310 * GIB, availableBytes: 690 * GIB, usedPercent: 31 };
    const partition = { ...usage, device: '/dev/md0', mount: '/vm', sizeKib: 1000 * KIB_IN_GIB };
    return {
      ...this.#sample(this.#surroundings.clock.now()),
      disk: { ...usage, partitions: [partition] },
      uptime: { text: '42d 7h' },
      system: {
        kernelName: 'Linux',
        kernelRelease: '6.1.0-26-amd64',
        machine: 'x86_64',
        system: 'GNU/Linux',
      },
      libvirt: { major: 9, minor: 9000, release: 0 },
      driver: { major: 7, minor: 7002, release: 0 },
      capabilities: { virtualisation: true },
    };
  }
}
