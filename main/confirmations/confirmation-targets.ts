import type { ConfirmationTarget } from '../../core/contract/confirmation.ts';
import {
  hidesCharacters,
  mixedScripts,
  skeletonOf,
  visible,
} from '../../core/domain/confusable.ts';
import type { Entity } from '../../core/domain/entity.ts';
import type { BareJid } from '../../core/domain/jid.ts';
import type { Messages } from '../../core/messages/catalogue.ts';

/** What a confirmation needs to know of an entity. */
export type Named = Pick<Entity, 'id' | 'name' | 'hypervisor'> & Partial<Pick<Entity, 'jid'>>;

/** How many letters of an address a warning shows. */
const ADDRESS = 40;

/**
 * Entities as rows of a confirmation. Names are chosen by whoever owns the entity, so each comes
 * with its address, and with a warning where another entity could be taken for it.
 */
export function targetRows(
  targets: readonly Named[],
  known: readonly Named[],
  { confirmation }: Pick<Messages, 'confirmation'>,
): readonly ConfirmationTarget[] {
  const names = new Map(known.map((one) => [one.id, one.name]));
  const bySkeleton = new Map<string, Named[]>();
  for (const one of known) {
    const skeleton = skeletonOf(one.name);
    bySkeleton.set(skeleton, [...(bySkeleton.get(skeleton) ?? []), one]);
  }
  return targets.map((target) => {
    const { name, jid, hypervisor } = target;
    const warnings = [
      ...likenesses(target, bySkeleton.get(skeletonOf(name)) ?? [], confirmation),
      ...mixtures(name, confirmation),
      ...(hidesCharacters(name) ? [confirmation.hiddenCharacters] : []),
    ];
    const host = hypervisor && names.get(hypervisor);
    return {
      text: visible(name),
      ...(jid === undefined ? {} : { identifier: jid }),
      ...(host === undefined ? {} : { hypervisor: visible(host) }),
      ...(warnings.length > 0 ? { warnings } : {}),
    };
  });
}

type Words = Messages['confirmation'];

/** The same machine seen by two accounts is no other one. */
function likenesses(target: Named, alike: readonly Named[], words: Words): readonly string[] {
  const others = new Map<BareJid, Named>();
  for (const one of alike)
    if (one.jid !== undefined && one.jid !== target.jid) others.set(one.jid, one);
  const [first] = others;
  if (!first) return [];
  const [jid, { name }] = first;
  return [words.alike(visible(name), shortened(jid), others.size - 1)];
}

function mixtures(name: string, words: Words): readonly string[] {
  const scripts = mixedScripts(name);
  return scripts.length === 0 ? [] : [words.mixedScripts(scripts)];
}

function shortened(text: string): string {
  if (text.length <= ADDRESS) return text;
  const half = Math.floor((ADDRESS - 1) / 2);
  return `${text.slice(0, half)}…${text.slice(-half)}`;
}
