import { parseJid, type BareJid } from '../../core/domain/jid.ts';
import { el, type ElementReader, type XmlElement } from '../../core/xml/element.ts';
import { childText } from '../../node/xmpp/elements.ts';
import type { PermissionBook } from './permission-book.ts';

export interface ChatRequest {
  readonly requester: BareJid;
  /** The words behind the trigger, in their own case. */
  readonly rest: string;
}

/** Something that can be asked for in a chat. */
export interface ChatCommand {
  /** What a message begins with, in lower case. */
  readonly triggers: readonly string[];
  readonly permission?: string;
  readonly description: string;
  readonly parameters?: string;
  /** Left out of the list that `help` gives. */
  readonly isHidden?: boolean;
  readonly run: (request: ChatRequest) => Promise<string>;
}

/** Answers chat messages: the first command whose trigger a message begins with, as whole words. */
export class ChatDesk {
  readonly #permissions: PermissionBook;
  readonly #commands: ChatCommand[] = [];

  constructor(permissions: PermissionBook) {
    this.#permissions = permissions;
  }

  add(...commands: readonly ChatCommand[]): void {
    this.#commands.push(...commands);
  }

  /** The message to send back; none for what is not a chat message with words in it. */
  async answer(message: ElementReader): Promise<XmlElement | undefined> {
    const body = childText(message, 'body')?.trim() ?? '';
    const from = message.attribute('from') ?? '';
    const user = parseJid(from)?.bare;
    if (message.attribute('type') !== 'chat' || body === '' || !user) return undefined;
    const text = await this.#reply(user, body);
    return el('message', { to: from, type: 'chat' }, [el('body', {}, [text])]);
  }

  async #reply(requester: BareJid, body: string): Promise<string> {
    if (!this.#permissions.isGranted(requester, 'message')) {
      return `Sorry, you may not talk to me: you lack the permission “message”.`;
    }
    const said = body.toLowerCase();
    if (beginsWith(said, 'help')) return this.#help(requester);
    for (const command of this.#commands) {
      const trigger = command.triggers.find((one) => beginsWith(said, one));
      if (trigger === undefined) continue;
      if (!this.#may(requester, command)) {
        return `Sorry, that needs the permission “${command.permission ?? ''}”, which you lack.`;
      }
      return this.#run(command, { requester, rest: body.slice(trigger.length).trim() });
    }
    return 'I did not understand that. Say “help” for what I can do.';
  }

  /** A command that throws has a bug; whoever chats still gets an answer. */
  async #run(command: ChatCommand, request: ChatRequest): Promise<string> {
    try {
      return await command.run(request);
    } catch (cause) {
      return `Something went wrong inside: ${cause instanceof Error ? cause.message : String(cause)}`;
    }
  }

  #help(user: BareJid): string {
    const entries = this.#commands
      .filter((command) => !command.isHidden && this.#may(user, command))
      .map(({ triggers, description, parameters = 'No parameters' }) => {
        const list = triggers.map((trigger) => `'${trigger}'`).join(', ');
        return `[${list}]: ${description}\n${parameters}\n`;
      });
    return ['This is what you can ask me for:', '', ...entries].join('\n');
  }

  #may(user: BareJid, { permission }: ChatCommand): boolean {
    return permission === undefined || this.#permissions.isGranted(user, permission);
  }
}

/** “stopped?” asks something and “stop?” orders it. */
function beginsWith(said: string, trigger: string): boolean {
  return said.startsWith(trigger) && /^(?:$|[\s\p{P}])/u.test(said.slice(trigger.length));
}
