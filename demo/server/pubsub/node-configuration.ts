import { err, ok, type Result } from '../../../core/lib/result.ts';
import type { FormField } from '../data-form.ts';

const ACCESS_MODELS = ['open', 'whitelist'] as const;
const PUBLISH_MODELS = ['publishers', 'subscribers', 'open'] as const;
/** What the original platform's nodes ask for; it is no model of XEP-0060, and means the first one. */
const PUBLISH_ALIASES: Readonly<Record<string, PublishModel>> = { authorize: 'publishers' };
/** More items than this are never kept in one node. */
const MOST_ITEMS = 10_000;

type AccessModel = (typeof ACCESS_MODELS)[number];
type PublishModel = (typeof PUBLISH_MODELS)[number];

/** The options of a node (XEP-0060 section 16.4.4), those that this server acts upon. */
export interface NodeConfiguration {
  readonly title: string;
  readonly accessModel: AccessModel;
  readonly publishModel: PublishModel;
  readonly maxItems: number;
  readonly persistItems: boolean;
  readonly deliverNotifications: boolean;
  readonly deliverPayloads: boolean;
  readonly notifyRetract: boolean;
  readonly notifyDelete: boolean;
}

export const DEFAULT_CONFIGURATION: NodeConfiguration = {
  title: '',
  accessModel: 'open',
  publishModel: 'publishers',
  maxItems: 1000,
  persistItems: true,
  deliverNotifications: true,
  deliverPayloads: true,
  notifyRetract: true,
  notifyDelete: true,
};

type Change = Partial<NodeConfiguration>;
type FieldReader = (text: string) => Change | undefined;

function flag(change: (value: boolean) => Change): FieldReader {
  return (text) => {
    if (text === '1' || text === 'true') return change(true);
    return text === '0' || text === 'false' ? change(false) : undefined;
  };
}

function choice<T extends string>(values: readonly T[], change: (value: T) => Change): FieldReader {
  return (text) => {
    const value = values.find((known) => known === text);
    return value === undefined ? undefined : change(value);
  };
}

function itemCount(text: string): Change | undefined {
  if (text === 'max') return { maxItems: MOST_ITEMS };
  const count = /^\d{1,9}$/.test(text) ? Number(text) : undefined;
  return count === undefined ? undefined : { maxItems: Math.min(count, MOST_ITEMS) };
}

const FIELDS: Readonly<Record<string, FieldReader>> = {
  'pubsub#title': (title) => ({ title }),
  'pubsub#access_model': choice(ACCESS_MODELS, (accessModel) => ({ accessModel })),
  'pubsub#publish_model': (text) =>
    choice(PUBLISH_MODELS, (publishModel) => ({ publishModel }))(PUBLISH_ALIASES[text] ?? text),
  'pubsub#max_items': itemCount,
  'pubsub#persist_items': flag((persistItems) => ({ persistItems })),
  'pubsub#deliver_notifications': flag((deliverNotifications) => ({ deliverNotifications })),
  'pubsub#deliver_payloads': flag((deliverPayloads) => ({ deliverPayloads })),
  'pubsub#notify_retract': flag((notifyRetract) => ({ notifyRetract })),
  'pubsub#notify_delete': flag((notifyDelete) => ({ notifyDelete })),
};

/** Applies submitted fields; fails with the name of the first whose value cannot be used. Others are ignored. */
export function configure(
  current: NodeConfiguration,
  submitted: ReadonlyMap<string, readonly string[]>,
): Result<NodeConfiguration, string> {
  let next = current;
  for (const [name, [text = '']] of submitted) {
    const read = FIELDS[name];
    if (!read) continue;
    const change = read(text);
    if (!change) return err(name);
    next = { ...next, ...change };
  }
  return ok(next);
}

function list(name: string, value: string, options: readonly string[]): FormField {
  return { name, type: 'list-single', values: [value], options };
}

function toggle(name: string, value: boolean): FormField {
  return { name, type: 'boolean', values: [value ? '1' : '0'] };
}

/** The options as the fields of a form. */
export function configurationFields(configuration: NodeConfiguration): FormField[] {
  return [
    { name: 'pubsub#title', type: 'text-single', values: [configuration.title] },
    list('pubsub#access_model', configuration.accessModel, ACCESS_MODELS),
    list('pubsub#publish_model', configuration.publishModel, PUBLISH_MODELS),
    { name: 'pubsub#max_items', type: 'text-single', values: [String(configuration.maxItems)] },
    toggle('pubsub#persist_items', configuration.persistItems),
    toggle('pubsub#deliver_notifications', configuration.deliverNotifications),
    toggle('pubsub#deliver_payloads', configuration.deliverPayloads),
    toggle('pubsub#notify_retract', configuration.notifyRetract),
    toggle('pubsub#notify_delete', configuration.notifyDelete),
  ];
}
