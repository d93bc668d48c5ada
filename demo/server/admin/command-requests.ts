import { randomBytes } from 'node:crypto';
import type { BareJid } from '../../../core/domain/jid.ts';
import { el, type XmlElement } from '../../../core/xml/element.ts';
import { readPageRequest, readSubmitted, writeForm } from '../data-form.ts';
import { NS } from '../namespaces.ts';
import { type Answer, refused, type Request, result } from '../requests.ts';
import {
  ADMIN_COMMANDS,
  type AdminCommand,
  type AdminSubjects,
  type Submitted,
} from './commands.ts';

const NODE_PREFIX = `${NS.admin}#`;
const BY_NODE = new Map(ADMIN_COMMANDS.map((command) => [NODE_PREFIX + command.name, command]));
const NOTHING: Submitted = new Map();

/** Answers ad-hoc commands (XEP-0050) for the administrators of the domain. */
export class CommandRequests {
  readonly #subjects: AdminSubjects;
  readonly #isAdmin: (account: BareJid) => boolean;

  constructor(subjects: AdminSubjects, isAdmin: (account: BareJid) => boolean) {
    this.#subjects = subjects;
    this.#isAdmin = isAdmin;
  }

  /** The list of commands, as disco#items of the commands' node. */
  items(request: Request): XmlElement[] {
    if (!this.#isAdmin(request.from.bare)) return [];
    return [...BY_NODE].map(([node, { title }]) => {
      return el('item', { jid: this.#subjects.domain, node, name: title });
    });
  }

  /** A command that may be run, for disco#info. */
  isCommand(node: string): boolean {
    return BY_NODE.has(node);
  }

  answer(request: Request): Answer {
    const { payload } = request;
    const node = payload.attributes['node'] ?? '';
    const command = BY_NODE.get(node);
    if (!command) return refused('item-not-found');
    if (!this.#isAdmin(request.from.bare)) return refused('forbidden');
    const session = payload.attributes['sessionid'] ?? randomBytes(8).toString('hex');
    if (payload.attributes['action'] === 'cancel') {
      return result(commandElement(node, session, 'canceled'));
    }
    const submitted = readSubmitted(payload);
    if (!submitted && command.fields.length > 0) return result(formOf(command, node, session));
    return this.#run(command, request, submitted ?? NOTHING, session);
  }

  #run(command: AdminCommand, request: Request, submitted: Submitted, session: string): Answer {
    const page = readPageRequest(request.payload);
    const outcome = command.run(this.#subjects, submitted, page);
    if (outcome.kind === 'refused') return refused(outcome.condition);
    const node = NODE_PREFIX + command.name;
    const fields = outcome.fields;
    const form =
      fields.length > 0 ? [writeForm({ type: 'result', formType: NS.admin, fields })] : [];
    const set = outcome.set ? [outcome.set] : [];
    return result(commandElement(node, session, 'completed', [...form, ...set]));
  }
}

function commandElement(
  node: string,
  sessionid: string,
  status: 'canceled' | 'completed' | 'executing',
  children: readonly XmlElement[] = [],
): XmlElement {
  return el('command', { xmlns: NS.commands, node, sessionid, status }, children);
}

function formOf({ title, fields }: AdminCommand, node: string, session: string): XmlElement {
  const actions = el('actions', { execute: 'complete' }, [el('complete')]);
  const form = writeForm({ type: 'form', formType: NS.admin, title, fields });
  return commandElement(node, session, 'executing', [actions, form]);
}
