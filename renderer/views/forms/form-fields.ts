import type { PlatformCommandId } from '../../../core/commands/table.ts';
import type { Entity } from '../../../core/domain/entity.ts';
import { KEYMAP_NAMES } from '../../../core/keyboard/keymaps.ts';
import type { Messages } from '../../../core/messages/catalogue.ts';
import type { ReplyOf } from '../../../core/protocol/define-action.ts';
import type { vmControl } from '../../../core/protocol/vm-control.ts';
import { COMBINATION_NAMES } from '../../../core/rfb/key-combinations.ts';

type Words = Messages['forms'];

type MachineFigures = NonNullable<ReplyOf<typeof vmControl.info>>;

/** A value as the form holds it. */
export type FieldValue = string | boolean | readonly string[];

/** One field of a command's form. */
export interface FormField {
  readonly name: string;
  readonly kind: 'text' | 'number' | 'switch' | 'groups' | 'choice';
  readonly label: (words: Words) => string;
  readonly hint?: (words: Words) => string;
  /** What can be chosen, where it is a choice. */
  readonly options?: readonly string[];
  /** What it holds at first. */
  readonly first: (target: Entity | undefined) => FieldValue;
  /** What it holds once a machine has told its figures. */
  readonly current?: (info: MachineFigures) => FieldValue;
  /** What is given to the command, under `name`. */
  readonly read: (value: FieldValue) => unknown;
}

const asText = (value: FieldValue): unknown => String(value).trim();
const asParts =
  (separator: RegExp) =>
  (value: FieldValue): unknown =>
    [
      ...new Set(
        String(value)
          .split(separator)
          .filter((part) => part.trim() !== ''),
      ),
    ].map((part) => part.trim());

function text(
  name: string,
  label: FormField['label'],
  first: FormField['first'] = () => '',
): FormField {
  return { name, kind: 'text', label, first, read: asText };
}

/** One of some names; the first of them is chosen at first. */
function oneOf(name: string, options: readonly string[], label: FormField['label']): FormField {
  return { name, kind: 'choice', options, label, first: () => options[0] ?? '', read: asText };
}

const belonging: readonly FormField[] = [
  text(
    'organisation',
    (words) => words.organisation,
    (vm) => vm?.vcard?.organisation ?? '',
  ),
  text(
    'unit',
    (words) => words.unit,
    (vm) => vm?.vcard?.unit ?? '',
  ),
  text(
    'locality',
    (words) => words.locality,
    (vm) => vm?.vcard?.locality ?? '',
  ),
  text(
    'owner',
    (words) => words.owner,
    (vm) => vm?.vcard?.owner ?? '',
  ),
  text(
    'categories',
    (words) => words.categories,
    (vm) => vm?.vcard?.categories ?? '',
  ),
];
const ownName = text(
  'name',
  (words) => words.name,
  (entity) => entity?.name ?? '',
);
const account: FormField = {
  ...text('jid', (words) => words.jid),
  hint: (words) => words.jidHint,
};
const KIB_PER_MIB = 1024;

/** The fields of each command that wants a form of plain fields. */
export const formFields: Readonly<Partial<Record<PlatformCommandId, readonly FormField[]>>> = {
  'contact.rename': [ownName],
  'vm.edit-information': [ownName, ...belonging],
  'hypervisor.new-vm': [
    { ...text('name', (words) => words.name), hint: (words) => words.nameHint },
    ...belonging.map((field) => ({ ...field, first: () => '' })),
  ],
  'vm.clone': [{ ...text('name', (words) => words.name), hint: (words) => words.cloneHint }],
  'contact.set-groups': [
    {
      name: 'groups',
      kind: 'groups',
      label: (words) => words.groups,
      first: (entity) => entity?.groups ?? [],
      read: (value) => value,
    },
  ],
  'entity.set-tags': [
    {
      ...text(
        'tags',
        (words) => words.tags,
        (entity) => entity?.tags.join(' ') ?? '',
      ),
      hint: (words) => words.tagsHint,
      read: asParts(/[\s,;]+/u),
    },
  ],
  'vm.set-memory': [
    {
      name: 'kib',
      kind: 'number',
      label: (words) => words.memory,
      hint: (words) => words.memoryHint,
      first: () => '',
      current: ({ memoryKib }) => `${Math.round(memoryKib / KIB_PER_MIB)}`,
      read: (value) => Math.round(Number(value) * KIB_PER_MIB),
    },
  ],
  'vm.set-processors': [
    {
      name: 'count',
      kind: 'number',
      label: (words) => words.processors,
      first: () => '',
      current: ({ vcpus }) => `${vcpus}`,
      read: Number,
    },
  ],
  'vm.send-keys': [oneOf('keys', COMBINATION_NAMES, (words) => words.keys)],
  'vm.set-keymap': [
    {
      ...oneOf('keymap', KEYMAP_NAMES, (words) => words.keymap),
      hint: (words) => words.keymapHint,
    },
  ],
  'users.register': [account],
  'users.change-password': [account],
  'users.unregister': [account],
  'vm.set-autostart': [
    {
      name: 'on',
      kind: 'switch',
      label: (words) => words.autostart,
      first: () => true,
      read: Boolean,
    },
  ],
};
