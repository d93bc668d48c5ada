import { SCANCODE, type KeyEvent } from './key-event.ts';
import { KeyPresser } from './key-presser.ts';
import { layoutOf, type Layout, type LayoutId, type Stroke } from './layout.ts';
import { textUnits, type TextUnit } from './text-units.ts';

/** A layout without Latin letters has two groups in a guest: its own, and that of `Layout.latin`. */
export type Group = 'own' | 'latin';

/** The keys with which a guest changes between its groups. The xkb option of each is in the docs. */
export const GROUP_SWITCHES = {
  'alt-shift': [SCANCODE.leftAlt, SCANCODE.leftShift],
  'ctrl-shift': [SCANCODE.leftControl, SCANCODE.leftShift],
  'alt-space': [SCANCODE.leftAlt, SCANCODE.space],
  'super-space': [SCANCODE.leftMeta, SCANCODE.space],
  'caps-lock': [SCANCODE.capsLock],
} as const;

export type GroupSwitch = keyof typeof GROUP_SWITCHES;

export interface TypingOptions {
  readonly layout: LayoutId;
  /** The group the guest is in; without it, the one that can type most of the text. */
  readonly group?: Group | undefined;
  /** How the guest changes groups; without it, a text is typed in one group. */
  readonly groupSwitch?: GroupSwitch | undefined;
  /** Whether CapsLock is on in the guest: it is switched off for the text, and on again after it. */
  readonly capsLock?: boolean | undefined;
}

/** A character that the layout cannot give. */
export interface UntypableCharacter {
  readonly character: string;
  readonly codePoint: number;
  /** Where its letter begins: UTF-16 units from 0; line and column from 1, in code points. */
  readonly index: number;
  readonly line: number;
  readonly column: number;
}

/** Key events that belong together: those of one letter, or of what is done around the text. */
export interface TypingStep<E = KeyEvent> {
  /** How many UTF-16 units of the text are typed once it has been sent. */
  readonly typed: number;
  readonly events: readonly E[];
}

/** How a text is typed. After the last step no key is down. */
export interface TypingPlan<E = KeyEvent> {
  readonly steps: readonly TypingStep<E>[];
  readonly untypable: readonly UntypableCharacter[];
  /** The group that the guest must be in when the first step is sent. */
  readonly group: Group;
}

/** Whether a key can be pressed at all, with its modifiers. */
export type CanPress = (stroke: Stroke) => boolean;

/**
 * The key events that type a text in a guest with a layout. Never fails: what cannot be typed is
 * left out of the steps and listed. A letter with marks is typed as NFC has it; a line
 * feed is Enter; other control characters cannot be typed.
 */
export function compileText(
  text: string,
  options: TypingOptions,
  canPress: CanPress = () => true,
): TypingPlan {
  const own = layoutOf(options.layout);
  const latin = own.latin === undefined ? own : layoutOf(own.latin);
  const groups: Groups = { own, latin };
  const { groupSwitch } = options;
  const compile = (group: Group): TypingPlan =>
    new Compiler(groups, group, groupSwitch, canPress).compile(text, options.capsLock ?? false);
  if (options.group !== undefined || own === latin) return compile(options.group ?? 'own');
  const [inOwn, inLatin] = [compile('own'), compile('latin')];
  return inLatin.untypable.length < inOwn.untypable.length ? inLatin : inOwn;
}

/** All events of a plan in order. */
export function eventsOf<E>({ steps }: TypingPlan<E>): readonly E[] {
  return steps.flatMap(({ events }) => events);
}

type Groups = Readonly<Record<Group, Layout>>;

const CONTROL_STROKES: ReadonlyMap<string, readonly Stroke[]> = new Map([
  ['\n', [{ scancode: SCANCODE.enter, modifiers: 0 }]],
  ['\t', [{ scancode: SCANCODE.tab, modifiers: 0 }]],
]);

class Compiler {
  readonly #presser = new KeyPresser();
  readonly #steps: TypingStep[] = [];
  readonly #untypable: UntypableCharacter[] = [];
  readonly #groups: Groups;
  readonly #start: Group;
  readonly #groupSwitch: GroupSwitch | undefined;
  readonly #canPress: CanPress;
  #group: Group;

  constructor(
    groups: Groups,
    start: Group,
    groupSwitch: GroupSwitch | undefined,
    canPress: CanPress,
  ) {
    this.#groups = groups;
    this.#start = start;
    this.#group = start;
    this.#groupSwitch = groups.own === groups.latin ? undefined : groupSwitch;
    this.#canPress = canPress;
  }

  compile(text: string, isCapsLockOn: boolean): TypingPlan {
    if (isCapsLockOn) this.#tapCapsLock(0);
    for (const unit of textUnits(text)) this.#type(unit);
    this.#enter(this.#start);
    if (isCapsLockOn) this.#tapCapsLock(text.length);
    this.#presser.hold(0);
    this.#finishStep(text.length);
    return { steps: this.#steps, untypable: this.#untypable, group: this.#start };
  }

  #type(unit: TextUnit): void {
    const asItIs = Array.from(unit.text);
    const composed = Array.from(unit.text.normalize('NFC'));
    const inOrder = asItIs.length === 1 ? [asItIs, composed] : [composed, asItIs];
    const characters = inOrder.find((one) => this.#canType(one)) ?? composed;
    for (const character of characters) this.#typeCharacter(character, unit);
    this.#finishStep(unit.index + unit.text.length);
  }

  #typeCharacter(character: string, { index, line, column }: TextUnit): void {
    const group = this.#groupFor(character);
    if (group === undefined) {
      const codePoint = character.codePointAt(0) ?? 0;
      this.#untypable.push({ character, codePoint, index, line, column });
      return;
    }
    this.#enter(group);
    for (const stroke of this.#strokesIn(group, character) ?? []) this.#presser.tap(stroke);
  }

  #canType(characters: readonly string[]): boolean {
    return characters.every((one) => this.#groupFor(one) !== undefined);
  }

  /** The group in which a character can be typed: the present one if possible. */
  #groupFor(character: string): Group | undefined {
    if (this.#strokesIn(this.#group, character)) return this.#group;
    if (this.#groupSwitch === undefined) return undefined;
    const other = this.#group === 'own' ? 'latin' : 'own';
    return this.#strokesIn(other, character) && other;
  }

  #strokesIn(group: Group, character: string): readonly Stroke[] | undefined {
    const strokes = CONTROL_STROKES.get(character) ?? this.#groups[group].strokesFor(character);
    return strokes?.every(this.#canPress) === true ? strokes : undefined;
  }

  #enter(group: Group): void {
    if (group === this.#group || this.#groupSwitch === undefined) return;
    this.#presser.chord(GROUP_SWITCHES[this.#groupSwitch]);
    this.#group = group;
  }

  #tapCapsLock(typed: number): void {
    const modifiers = this.#groups[this.#group].capsLockModifiers;
    this.#presser.tap({ scancode: SCANCODE.capsLock, modifiers });
    this.#finishStep(typed);
  }

  #finishStep(typed: number): void {
    const events = this.#presser.take();
    if (events.length > 0) this.#steps.push({ typed, events });
  }
}
