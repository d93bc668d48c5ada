import type { AgentModule } from './agent-modules.ts';
import { AGENT_MODULES } from './agent-modules.ts';
import type { ModuleName } from './all-actions.ts';
import { MODULE_NAMES, MODULES } from './all-actions.ts';
import type { Shape, ValueShape } from './codec/shape.ts';
import type { Action, ActionGroup } from './define-action.ts';
import type { ErrorFacts } from './errors.ts';
import { PROTOCOL_ERRORS } from './errors.ts';
import { LINES_SHAPE } from './log-lines.ts';
import { PERMISSION_TABLE } from './permission-table.ts';
import { PUSH_EFFECTS } from './push-effects.ts';
import type { PushTopic } from './push.ts';
import { PUSH_TOPICS } from './push.ts';
import { SAMPLES_SHAPE } from './statistics-samples.ts';

const ENTITIES: Readonly<Record<Action['entity'], string>> = {
  hypervisor: 'hypervisor',
  virtualmachine: 'virtual machine',
  'central-agent': 'central agent',
  any: 'hypervisor, virtual machine, central agent',
};

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function code(text: string): string {
  return `\`${text}\``;
}

function rangeWords(min: number, max: number): string {
  const from = min > -1e15 ? ` from ${min}` : '';
  const to = max < 1e15 ? ` to ${max}` : '';
  return `${from}${to}`;
}

function valueWords(value: ValueShape): string {
  switch (value.type) {
    case 'text':
      return value.minLength === 0 ? 'text' : 'text, not empty';
    case 'integer':
      return `whole number${rangeWords(value.min, value.max)}`;
    case 'decimal':
      return `number${rangeWords(value.min, value.max)}`;
    case 'boolean':
      return `${code(value.yes)} or ${code(value.no)}`;
    case 'choice':
      return value.choices.map(code).join(', ');
    case 'special':
      return value.name;
  }
}

/** One value of a request or reply: where it is on the wire, what it is called, what it holds. */
interface Row {
  readonly place: string;
  readonly name: string;
  readonly value: string;
  readonly doc: string;
  readonly isOptional: boolean;
}

interface Position {
  readonly place: string;
  readonly name: string;
  readonly isOptional: boolean;
}

function rowsOf(shape: Shape, at: Position): readonly Row[] {
  switch (shape.kind) {
    case 'nothing':
      return [];
    case 'attribute':
      return [{ ...at, place: `${at.place}@${shape.name}`, ...described(shape) }];
    case 'content':
      return [{ ...at, place: `${at.place}text()`, ...described(shape) }];
    case 'fragment':
      return [{ ...at, place: `${at.place}${shape.name}`, value: 'XML', doc: shape.doc }];
    case 'child':
      return rowsOf(shape.content, { ...at, place: `${at.place}${shape.name}/` });
    case 'children': {
      const inner = { ...at, place: `${at.place}${shape.name}*/`, name: `${at.name}[]` };
      return rowsOf(shape.content, inner);
    }
    case 'optional':
      return rowsOf(shape.content, { ...at, isOptional: true });
    case 'record':
      return Object.entries(shape.fields).flatMap(([name, field]) => {
        return rowsOf(field, { ...at, name: at.name === '' ? name : `${at.name}.${name}` });
      });
  }
}

function described(shape: { readonly value: ValueShape; readonly doc: string }) {
  return { value: valueWords(shape.value), doc: shape.doc };
}

function fieldTable(shape: Shape): string {
  const rows = rowsOf(shape, { place: '', name: '', isOptional: false });
  return table(
    ['On the wire', 'Name', 'Value', 'Meaning'],
    rows.map((row) => [
      code(row.place),
      row.name === '' ? '' : code(row.name),
      row.isOptional ? `${row.value}; may be absent` : row.value,
      row.doc,
    ]),
  );
}

function isEmpty(shape: Shape): boolean {
  return rowsOf(shape, { place: '', name: '', isOptional: false }).length === 0;
}

function part(title: string, shape: Shape): readonly string[] {
  if (isEmpty(shape)) return [];
  return shape.kind === 'optional'
    ? [`${title}; all of it may be absent:`, fieldTable(shape.content)]
    : [`${title}:`, fieldTable(shape)];
}

function actionSection(module: string, action: Action): string {
  const { permission } = action;
  return [
    `### ${module}.${action.name}`,
    action.summary,
    `Sent as ${code(action.kind)}; permission: ${permission === undefined ? 'none' : code(permission)}.`,
    ...(action.harmful === undefined
      ? []
      : [`**Never sent to an original agent.** ${action.harmful}`]),
    ...part('Request, on `<archipel>`', action.request.shape),
    ...(isEmpty(action.reply.shape)
      ? ['Reply: an empty `<query>`.']
      : part('Reply, in `<query>`', action.reply.shape)),
    `Errors: ${action.errors.map(code).join(', ')}.`,
  ].join('\n\n');
}

function moduleSection(module: ModuleName): string {
  const group: ActionGroup = MODULES[module];
  const actions = Object.values(group);
  const [first] = actions;
  if (first === undefined) return '';
  return [
    `Namespace ${code(first.namespace)}; answered by: ${ENTITIES[first.entity]}; ${
      first.origin === 'original'
        ? 'original agents know it.'
        : 'ours only, announced by disco#info.'
    }`,
    ...actions.map((action) => actionSection(module, action)),
  ].join('\n\n');
}

function modulesTable(): string {
  return table(
    ['Module', 'Namespace', 'Answered by', 'Known to', 'Actions'],
    MODULE_NAMES.map((module) => {
      const actions = Object.values<Action>(MODULES[module]);
      const [first] = actions;
      return [
        `[${module}](${module}.md)`,
        code(first?.namespace ?? ''),
        first === undefined ? '' : ENTITIES[first.entity],
        first?.origin === 'ours' ? 'our agents' : 'all agents',
        actions.map((one) => code(one.name)).join(' '),
      ];
    }),
  );
}

function permissionsTable(): string {
  const mark = (letters: string, letter: string): string => (letters.includes(letter) ? '•' : '');
  return table(
    ['Permission', 'Hypervisor', 'Virtual machine', 'Central agent', 'Allows'],
    Object.entries(PERMISSION_TABLE).map(([name, [letters, words]]) => [
      code(name),
      mark(letters, 'H'),
      mark(letters, 'V'),
      mark(letters, 'C'),
      words,
    ]),
  );
}

function recognisedBy(facts: ErrorFacts): readonly [string, string] {
  switch (facts.kind) {
    case 'permission':
      return [String(facts.number), 'class `archipel:error:permission`'];
    case 'numbered': {
      const place = [facts.namespace ?? 'any namespace', ...facts.actions].map(code).join(' ');
      return [String(facts.number), facts.namespace === undefined ? 'any namespace' : place];
    }
    case 'said':
      return ['of the action', facts.says.map((one) => `“${one}”`).join(', ')];
    case 'libvirt':
      return [String(facts.number ?? 'any'), 'class `libvirt:error:generic`'];
    case 'stanza':
      return ['', `XMPP condition ${code(facts.condition)}`];
    case 'unknown':
      return ['', 'all others'];
  }
}

function errorsTable(): string {
  const rows = Object.entries(PROTOCOL_ERRORS) as readonly (readonly [string, ErrorFacts])[];
  return table(
    ['Code', 'Number', 'Recognised by'],
    rows.map(([name, facts]) => [code(name), ...recognisedBy(facts)]),
  );
}

function pushesTable(): string {
  const topics = Object.keys(PUSH_TOPICS) as readonly PushTopic[];
  return table(
    ['Topic', 'Changes', 'Makes stale'],
    topics.map((topic) => [
      code(topic),
      PUSH_TOPICS[topic].map(code).join(' '),
      PUSH_EFFECTS[topic].map(code).join(' '),
    ]),
  );
}

function agentModulesTable(): string {
  const rows = Object.entries<AgentModule>(AGENT_MODULES);
  return table(
    ['Module of the agent', 'For', 'Namespaces'],
    rows.map(([name, { purpose, namespaces }]) => [
      code(name),
      purpose,
      namespaces.map(code).join(' '),
    ]),
  );
}

/** The generated parts of the protocol reference in Markdown, by the names pages ask for them with. */
export function referenceTables(): Readonly<Record<string, string>> {
  const sections = MODULE_NAMES.map((module) => [`actions:${module}`, moduleSection(module)]);
  return {
    ...(Object.fromEntries(sections) as Record<string, string>),
    modules: modulesTable(),
    'agent-modules': agentModulesTable(),
    permissions: permissionsTable(),
    errors: errorsTable(),
    pushes: pushesTable(),
    samples: fieldTable(SAMPLES_SHAPE),
    lines: fieldTable(LINES_SHAPE),
  };
}

const MARKED = /(<!-- generated: (\S+) -->)[\s\S]*?(<!-- end -->)/g;

/** A page of the reference with its generated parts made anew; throws on a part that does not exist. */
export function withGeneratedParts(page: string): string {
  const tables = referenceTables();
  return page.replaceAll(MARKED, (_, begin: string, name: string, end: string) => {
    const part = tables[name];
    if (part === undefined) throw new Error(`There is no generated part ${name}`);
    return `${begin}\n\n${part}\n\n${end}`;
  });
}
