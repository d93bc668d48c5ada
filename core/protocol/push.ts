import type { BareJid } from '../domain/jid.ts';
import { parseJid } from '../domain/jid.ts';
import type { Result } from '../lib/result.ts';
import { err, ok } from '../lib/result.ts';
import type { ElementReader, XmlElement } from '../xml/element.ts';
import { el } from '../xml/element.ts';
import { copyFragment } from './codec/elements.ts';
import type { ReadProblem } from './codec/problem.ts';
import { unreadable } from './codec/problem.ts';
import { ownerOfNode } from './pubsub-nodes.ts';
import { firstChild } from './stanza-content.ts';

/** What entities push, and the changes each topic knows. */
export const PUSH_TOPICS = {
  hypervisor: ['alloc', 'free', 'clone', 'migrate', 'manage', 'unmanage'],
  'virtualmachine:control': [
    'created',
    'suspended',
    'resumed',
    'shutdown',
    'crashed',
    'shutoff',
    'memory',
    'nvcpu',
  ],
  'virtualmachine:definition': ['defined', 'undefined', 'nvcpu'],
  'virtualmachine:vnc': ['websocketvncstart', 'websocketvncstop'],
  disk: ['created', 'converted', 'renamed', 'deleted', 'goldened'],
  snapshoting: ['taken', 'deleted', 'restored'],
  network: ['defined', 'undefined', 'created', 'destroyed'],
  nuagenetwork: ['created', 'deleted', 'updated'],
  vmcasting: [
    'register',
    'unregister',
    'download_start',
    'download_complete',
    'download_error',
    'appliancedeleted',
    'applianceinstalling',
    'applianceinstalled',
    'applianceerror',
    'appliancedetached',
    'packaging',
    'packaged',
    'packagingerror',
  ],
  vmparking: ['parked', 'unparked', 'deleted', 'updated'],
  scheduler: ['scheduled', 'unscheduled', 'jobexecuted'],
  oom: ['adjusted'],
  permissions: ['set'],
  subscription: ['added', 'removed'],
  'xmppserver:groups': ['created', 'deleted', 'usersadded', 'usersdeleted'],
  'xmppserver:users': [
    'registered',
    'unregistered',
    'passwordchanged',
    'registerationerror',
    'unregisterationerror',
    'changepassworderror',
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type PushTopic = keyof typeof PUSH_TOPICS;
export type PushChange<T extends PushTopic> = (typeof PUSH_TOPICS)[T][number];

/** Something changed on an entity; the change itself is not in it and has to be asked for. */
export interface Push {
  /** Whose change it is, from the name of the node. */
  readonly owner: BareJid;
  /** Undefined for a topic this version does not know. */
  readonly topic: PushTopic | undefined;
  /** The topic as sent. */
  readonly sentTopic: string;
  readonly change: string;
  /** Local time of the sender without zone; absent where it sent none. */
  readonly date?: string;
  /** What it carries: the server's error for failed user changes, otherwise nothing. */
  readonly details: readonly XmlElement[];
}

const PREFIX = 'archipel:push:';
const ALIASES = new Map<string, PushTopic>([['virtualmachine:oom', 'oom']]);

function topicOf(sent: string): PushTopic | undefined {
  return Object.hasOwn(PUSH_TOPICS, sent) ? (sent as PushTopic) : ALIASES.get(sent);
}

/** Reads the `<push>` of an item of an events node. */
function readPush(push: ElementReader, node: string): Result<Push, ReadProblem> {
  const owner = ownerOfNode(node);
  if (owner === undefined) return err(unreadable('items', 'items/@node', 'not-a-jid', node));
  const sentTopic = push.namespace?.startsWith(PREFIX) ? push.namespace.slice(PREFIX.length) : '';
  if (push.name !== 'push' || sentTopic === '') {
    return err(unreadable(push.name, 'item', 'wrong-element', push.namespace));
  }
  const change = push.attribute('change');
  if (change === undefined) return err(unreadable('push', 'push/@change', 'missing'));
  const date = push.attribute('date');
  return ok({
    owner,
    topic: topicOf(sentTopic),
    sentTopic,
    change,
    ...(date === undefined ? {} : { date }),
    details: push.children().map((one) => copyFragment(one)),
  });
}

/** Reads all pushes in a pubsub event message; items that are not pushes are passed over. */
export function readPushes(message: ElementReader): readonly Result<Push, ReadProblem>[] {
  const event = firstChild(message, 'event');
  const lists = event?.children().filter((one) => one.name === 'items') ?? [];
  return lists.flatMap((items) => {
    const node = items.attribute('node') ?? '';
    const payloads = items
      .children()
      .flatMap((item) => item.children().filter((one) => one.name === 'push'));
    return payloads.map((push) => readPush(push, node));
  });
}

/** A change as it is written: of permissions also whom it concerns, in brackets. */
export type WrittenChange<T extends PushTopic> =
  PushChange<T> | (T extends 'permissions' ? `[${string}]` : never);

/** The payload of an item of an events node. `date` is local time without zone. */
export function writePush<T extends PushTopic>(
  topic: T,
  change: WrittenChange<T>,
  date: string,
): XmlElement {
  return el('push', { xmlns: `${PREFIX}${topic}`, date, change });
}

/** Whom a change of permissions concerns, where it says so; undefined: anybody. */
export function permissionTargets(change: string): readonly BareJid[] | undefined {
  const list = /^\[(.*)\]$/s.exec(change.trim())?.[1];
  if (list === undefined) return undefined;
  const quoted = [...list.matchAll(/u?'([^']*)'|u?"([^"]*)"/g)];
  return quoted.flatMap(([, single, double]) => {
    const jid = parseJid(single ?? double ?? '');
    return jid === undefined ? [] : [jid.bare];
  });
}

/** The change of a permissions push in the words original clients and agents use. */
export function permissionChange(targets: readonly BareJid[]): `[${string}]` {
  return `[${targets.map((one) => `u'${one}'`).join(', ')}]`;
}
