import * as v from 'valibot';
import { BareJid } from '../domain/jid.ts';
import { platform } from './define-command.ts';

const everyone = ['hypervisor', 'virtualmachine', 'central-agent', 'user'] as const;
const agents = ['hypervisor', 'virtualmachine', 'central-agent'] as const;
const Group = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(500));
const Name = v.pipe(v.string(), v.trim(), v.maxLength(200));
const Tag = v.pipe(
  v.string(),
  v.trim(),
  v.toLowerCase(),
  v.regex(/^[^;,\s]+$/u, 'a tag is one word'),
  v.maxLength(100),
);

export const contacts = [
  platform({
    id: 'contact.add',
    icon: 'user-plus',
    group: 'contact',
    /** Given to the account, so it needs no entity: `account` says which roster. */
    input: v.strictObject({
      account: BareJid,
      jid: BareJid,
      name: Name,
      groups: v.array(Group),
      /** Add it although a known JID is one slip away. */
      certain: v.optional(v.boolean()),
    }),
    kinds: [],
    danger: 'none',
    bulk: false,
    form: true,
  }),
  platform({
    id: 'contact.rename',
    icon: 'pencil',
    group: 'contact',
    input: v.strictObject({ name: v.pipe(Name, v.minLength(1)) }),
    kinds: everyone,
    danger: 'reversible',
    bulk: false,
    form: true,
  }),
  platform({
    id: 'contact.set-groups',
    icon: 'folder-input',
    group: 'contact',
    input: v.strictObject({ groups: v.array(Group) }),
    kinds: everyone,
    danger: 'reversible',
    bulk: true,
    form: true,
  }),
  platform({
    id: 'contact.ask-subscription',
    icon: 'bell-plus',
    group: 'contact',
    input: v.strictObject({}),
    kinds: everyone,
    danger: 'none',
    bulk: true,
  }),
  platform({
    id: 'contact.drop-subscription',
    icon: 'bell-off',
    group: 'contact',
    input: v.strictObject({}),
    kinds: everyone,
    danger: 'reversible',
    undo: 'contact.ask-subscription',
    bulk: true,
  }),
  platform({
    id: 'contact.remove',
    icon: 'user-minus',
    group: 'contact',
    input: v.strictObject({}),
    kinds: everyone,
    danger: 'destructive',
    bulk: true,
  }),
  platform({
    id: 'contact.answer-request',
    icon: 'user-check',
    group: 'contact',
    input: v.strictObject({
      account: BareJid,
      jid: BareJid,
      accept: v.boolean(),
      /** What it asks for later is accepted, too, without asking. */
      always: v.optional(v.boolean()),
    }),
    kinds: [],
    danger: 'none',
    bulk: false,
  }),
  /** Given to the members of the group, and of those nested in it: each changes its place in the roster. */
  platform({
    id: 'group.rename',
    icon: 'folder-pen',
    group: 'contact',
    /** Whole names, nested by `::`. */
    input: v.strictObject({ from: Group, to: Group }),
    kinds: everyone,
    danger: 'reversible',
    bulk: true,
  }),
  /** As above: members move to the group that holds it, or to none, and stay in the roster. */
  platform({
    id: 'group.delete',
    icon: 'folder-minus',
    group: 'contact',
    input: v.strictObject({ group: Group }),
    kinds: everyone,
    danger: 'destructive',
    bulk: true,
  }),
  platform({
    id: 'entity.set-tags',
    icon: 'tag',
    group: 'contact',
    input: v.strictObject({ tags: v.array(Tag) }),
    kinds: agents,
    permission: 'settags',
    danger: 'reversible',
    bulk: true,
    form: true,
  }),
  platform({
    id: 'entity.check-now',
    icon: 'refresh-cw',
    group: 'contact',
    input: v.strictObject({}),
    kinds: agents,
    danger: 'none',
    bulk: true,
  }),
] as const;
