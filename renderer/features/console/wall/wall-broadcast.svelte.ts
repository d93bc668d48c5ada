import { SvelteSet } from 'svelte/reactivity';
import type { AppError } from '../../../../core/contract/app-error.ts';
import type { BroadcastOutcome } from '../../../../core/contract/broadcast.ts';
import type { AppApi } from '../../../../core/contract/contract.ts';
import type { EntityId } from '../../../../core/domain/entity.ts';
import { CanvasReader } from '../canvas-pixels.ts';
import { Divergence } from './divergence.ts';
import { outlineOf, REDUCED, type Outline } from './screen-outline.ts';

/** Where the picture of a screen comes from. */
interface Pictured {
  /** It shows what is on the screen now, and not what was when its connection ended. */
  readonly isDrawn: boolean;
  readonly picture: HTMLCanvasElement;
}

/** How far a line came that ended in the middle, and where. */
interface Stop extends NonNullable<BroadcastOutcome['stopped']> {
  readonly machines: readonly EntityId[];
}

/** As often as screens beside each other are drawn. */
const COMPARE_EVERY_MS = 500;

/** The screens of a wall that are typed into at once, and which of them come to differ. */
export class WallBroadcast {
  readonly #api: AppApi['broadcast'];
  readonly #fail: (error: AppError) => void;
  readonly #screens = new Map<EntityId, Pictured>();
  readonly #chosen = new SvelteSet<EntityId>();
  readonly #reader = new CanvasReader();
  /** Another one for each time that the user agreed. */
  #round = {};
  /** Lines of which nothing is known yet. */
  #unanswered = 0;
  #isOn = $state(false);
  #outcomes = $state.raw<readonly BroadcastOutcome[]>([]);
  #apart = $state.raw<ReadonlyMap<EntityId, number>>(new Map());

  constructor(api: AppApi['broadcast'], fail: (error: AppError) => void) {
    this.#api = api;
    this.#fail = fail;
  }

  get chosen(): ReadonlySet<EntityId> {
    return this.#chosen;
  }

  /** The user has agreed: what is typed goes to all that are chosen. */
  get isOn(): boolean {
    return this.#isOn;
  }

  /** What came of the last line. */
  get outcomes(): readonly BroadcastOutcome[] {
    return this.#outcomes;
  }

  /** How far the last line came where it ended in the middle, machines that got as far together. */
  get stops(): readonly Stop[] {
    const stops = new Map<string, Stop>();
    for (const { entity, stopped } of this.#outcomes) {
      if (!stopped) continue;
      const key = `${stopped.typed} ${stopped.all}`;
      stops.set(key, { ...stopped, machines: [...(stops.get(key)?.machines ?? []), entity] });
    }
    return [...stops.values()];
  }

  /** How much the pictures differ that should be alike, 0 to 1; those that do not are left out. */
  get apart(): ReadonlyMap<EntityId, number> {
    return this.#apart;
  }

  /** The user agreed to those that were chosen then, so another choice ends it. */
  choose(machine: EntityId, isChosen: boolean): void {
    this.#letGo();
    if (isChosen) this.#chosen.add(machine);
    else this.#chosen.delete(machine);
  }

  /** Chooses all, or none where all are chosen. */
  chooseAll(machines: readonly EntityId[]): void {
    const wanted = machines.every((machine) => this.#chosen.has(machine)) ? [] : machines;
    this.#letGo();
    this.#chosen.clear();
    for (const machine of wanted) this.#chosen.add(machine);
  }

  async begin(): Promise<void> {
    if (this.#chosen.size === 0 || this.#isOn) return;
    const targets = [...this.#chosen];
    const begun = await this.#api.begin({ targets });
    const isSame = targets.length === this.#chosen.size && this.#hasAll(targets);
    if (!begun.ok) {
      if (begun.error.code !== 'cancelled') this.#fail(begun.error);
    } else if (isSame) {
      this.#round = {};
      this.#outcomes = [];
      this.#isOn = true;
    } else void this.#api.end();
  }

  end(): void {
    if (!this.#isOn) return;
    this.#isOn = false;
    this.#outcomes = [];
    this.#apart = new Map();
    void this.#api.end();
  }

  /** Types a line into all of them, with Enter after it. */
  async type(line: string): Promise<void> {
    await this.#told(this.#api.type({ text: `${line}\n` }));
  }

  async press(keys: string): Promise<void> {
    await this.#told(this.#api.press({ keys }));
  }

  watch(machine: EntityId, screen: Pictured | undefined): void {
    if (screen) this.#screens.set(machine, screen);
    else this.#screens.delete(machine);
  }

  /** Compares the pictures of those that are chosen until the returned function is called. */
  compare(): () => void {
    const divergence = new Divergence<EntityId>();
    const timer = setInterval(() => this.#compare(divergence), COMPARE_EVERY_MS);
    return () => clearInterval(timer);
  }

  #compare(divergence: Divergence<EntityId>): void {
    const outlines = new Map<EntityId, Outline>();
    for (const machine of this.#chosen) {
      const screen = this.#screens.get(machine);
      const image = screen?.isDrawn ? this.#reader.read(screen.picture, REDUCED) : undefined;
      if (image) outlines.set(machine, outlineOf(image.data, image.width, image.height));
    }
    this.#apart = divergence.judge(outlines);
  }

  /** Ends it, and forgets what came of a line that was ended before. */
  #letGo(): void {
    this.end();
    this.#outcomes = [];
  }

  #hasAll(machines: readonly EntityId[]): boolean {
    return machines.every((machine) => this.#chosen.has(machine));
  }

  async #told(reply: ReturnType<AppApi['broadcast']['type']>): Promise<void> {
    const round = this.#round;
    if (this.#unanswered === 0) this.#outcomes = [];
    this.#unanswered += 1;
    const outcomes = await reply;
    this.#unanswered -= 1;
    if (!outcomes.ok) this.#fail(outcomes.error);
    else if (this.#round === round) {
      const told = afterEarlier(this.#outcomes, outcomes.value);
      // Of what was ended meanwhile nobody asks, but for lines that stand there in part.
      this.#outcomes = this.#isOn ? told : told.filter(({ stopped }) => stopped !== undefined);
    }
  }
}

/** Lines that wait for each other end together: they are told of as one. */
function afterEarlier(
  earlier: readonly BroadcastOutcome[],
  outcomes: readonly BroadcastOutcome[],
): readonly BroadcastOutcome[] {
  const before = new Map(earlier.map(({ entity, stopped }) => [entity, stopped]));
  return outcomes.map((outcome) => {
    const [first, next] = [before.get(outcome.entity), outcome.stopped];
    if (!first || !next) return outcome;
    return {
      ...outcome,
      stopped: { typed: first.typed + next.typed, all: first.all + next.all },
    };
  });
}
