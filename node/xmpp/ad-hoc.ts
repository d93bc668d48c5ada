import { ok, type Result } from '../../core/lib/result.ts';
import { el, type ElementReader, type XmlElement } from '../../core/xml/element.ts';
import { type DataForm, readForm } from './data-form.ts';
import { fetchItems } from './disco.ts';
import { childOf, childrenOf } from './elements.ts';
import { NS } from './namespaces.ts';
import { type PageFacts, type PageRequest, readPageFacts, writePageRequest } from './result-set.ts';
import type { IqFailure } from './session-failure.ts';
import type { RequestOptions, Session } from './session-types.ts';

/** A command that an entity offers (XEP-0050). */
export interface AdHocCommand {
  readonly node: string;
  readonly name: string;
}

/** Where the run of a command stands. */
export interface AdHocStage {
  readonly node: string;
  /** Undefined when the command was over at once. */
  readonly sessionId: string | undefined;
  readonly status: 'executing' | 'completed' | 'canceled';
  /** What may come next: `prev`, `next`, `complete`. */
  readonly actions: readonly string[];
  readonly form: DataForm | undefined;
  /** Of a long list; servers that do not page give it whole. */
  readonly page: PageFacts;
  readonly notes: readonly { readonly level: string; readonly text: string }[];
}

type Staged = Promise<Result<AdHocStage, IqFailure>>;
export type AdHocAction = 'execute' | 'next' | 'prev' | 'complete' | 'cancel';

/** The commands of an entity. */
export async function listCommands(
  session: Session,
  jid: string,
): Promise<Result<readonly AdHocCommand[], IqFailure>> {
  const answer = await fetchItems(session, jid, { node: NS.commands });
  if (!answer.ok) return answer;
  return ok(answer.value.items.map(({ node = '', name }) => ({ node, name: name ?? node })));
}

/** Begins a command; of a list that it gives at once, `page` says which part is wanted. */
export async function executeCommand(
  session: Session,
  jid: string,
  node: string,
  options: RequestOptions & { readonly page?: PageRequest } = {},
): Staged {
  const { page, ...others } = options;
  const attributes = { xmlns: NS.commands, node, action: 'execute' };
  return run(session, jid, el('command', attributes, writePageRequest(page)), others);
}

/** Goes on with a command that is executing, with a filled form where it wants one. */
export async function continueCommand(
  session: Session,
  jid: string,
  stage: AdHocStage,
  action: AdHocAction,
  form?: XmlElement,
): Staged {
  const attributes = { xmlns: NS.commands, node: stage.node, sessionid: stage.sessionId, action };
  return run(session, jid, el('command', attributes, form === undefined ? [] : [form]));
}

async function run(
  session: Session,
  jid: string,
  command: XmlElement,
  options?: RequestOptions,
): Staged {
  const answer = await session.request(jid, 'set', command, options);
  if (!answer.ok) return answer;
  return ok(readStage(childOf(answer.value, 'command'), command.attributes['node'] ?? ''));
}

function readStage(command: ElementReader | undefined, node: string): AdHocStage {
  const status = command?.attribute('status');
  return {
    node,
    sessionId: command?.attribute('sessionid'),
    status: status === 'executing' || status === 'canceled' ? status : 'completed',
    actions: (childOf(command, 'actions')?.children() ?? []).map((action) => action.name),
    form: readForm(command),
    page: readPageFacts(command),
    notes: childrenOf(command, 'note').map((note) => {
      return { level: note.attribute('type') ?? 'info', text: note.text() };
    }),
  };
}
