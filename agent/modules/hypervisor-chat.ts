import { serialize } from '../../core/xml/write.ts';
import type { ChatCommand, ChatRequest } from '../entities/chat-desk.ts';
import { answer, requesterOf } from './chat-answers.ts';
import type { HypervisorControlHandlers } from './hypervisor-control-module.ts';
import type { ModuleContext } from './module-context.ts';

/** What a hypervisor answers in a chat, in the order in which it is matched. */
export function hypervisorChat(
  context: ModuleContext,
  handlers: HypervisorControlHandlers,
): readonly ChatCommand[] {
  return [...questions(handlers), ...orders(context, handlers), ...healthCommands(context)];
}

function questions(handlers: HypervisorControlHandlers): readonly ChatCommand[] {
  return [
    {
      triggers: ['capabilities'],
      permission: 'capabilities',
      description: 'What libvirt can run here',
      run: async (chat) => answer(handlers.capabilities({}, requesterOf(chat)), serialize),
    },
    {
      triggers: ['nodeinfo'],
      permission: 'nodeinfo',
      description: 'My hardware',
      run: async (chat) => answer(handlers.nodeinfo({}, requesterOf(chat)), sayHardware),
    },
    {
      triggers: ['libvirt uri', 'migration info'],
      permission: 'migrationinfo',
      description: 'Where migrations to me go',
      run: async (chat) =>
        answer(handlers.migrationinfo({}, requesterOf(chat)), ({ libvirtUri }) => libvirtUri),
    },
    {
      triggers: ['ip'],
      permission: 'ip',
      description: 'My IP address',
      run: async (chat) => answer(handlers.ip({}, requesterOf(chat)), (address) => address),
    },
    {
      triggers: ['roster', 'vms', 'virtual machines', 'domains'],
      permission: 'rostervm',
      description: 'My virtual machines',
      run: async (chat) =>
        answer(handlers.rostervm({}, requesterOf(chat)), (machines) =>
          machines.map(({ name, jid }) => ` - ${name ?? ''} (${jid})`).join('\n'),
        ),
    },
  ];
}

function orders(
  context: ModuleContext,
  handlers: HypervisorControlHandlers,
): readonly ChatCommand[] {
  return [
    {
      triggers: ['alloc'],
      permission: 'alloc',
      description: 'Create a virtual machine',
      parameters: '[name]',
      run: async (chat) =>
        answer(
          handlers.alloc({ name: chat.rest, ...NOBODY }, requesterOf(chat)),
          ({ jid }) => `Created ${jid}.`,
        ),
    },
    {
      triggers: ['free'],
      permission: 'free',
      description: 'Delete a virtual machine',
      parameters: 'name or UUID',
      run: async (chat) =>
        onMachine(context, chat, (jid) =>
          answer(handlers.free({ jid }, requesterOf(chat)), () => `Deleted ${jid}.`),
        ),
    },
    {
      triggers: ['clone'],
      permission: 'clone',
      description: 'Clone a virtual machine',
      parameters: 'name or UUID',
      run: async (chat) =>
        onMachine(context, chat, (jid) =>
          answer(handlers.clone({ jid, name: undefined }, requesterOf(chat)), () => 'Cloning.'),
        ),
    },
  ];
}

const NOBODY = {
  organisation: undefined,
  unit: undefined,
  locality: undefined,
  owner: undefined,
  categories: undefined,
  domain: undefined,
};

function healthCommands({ statistics, logs, modules }: ModuleContext): readonly ChatCommand[] {
  if (!modules.some(({ id, isLoaded }) => id === 'hypervisor_health' && isLoaded)) return [];
  return [
    {
      triggers: ['health'],
      permission: 'health_info',
      description: 'How I am',
      parameters: '[how many samples]',
      run: async ({ rest }) => {
        const samples = statistics.history(countIn(rest));
        if (samples.length === 0) return 'No sample has been collected yet.';
        return samples.map((sample) => JSON.stringify(sample)).join('\n');
      },
    },
    {
      triggers: ['logs'],
      permission: 'health_logs',
      description: 'The last lines of my log',
      parameters: '[how many lines]',
      run: async ({ rest }) => (await logs.last(countIn(rest))).join('\n'),
    },
  ];
}

function countIn(words: string): number {
  return /^\d{1,4}$/u.test(words) ? Math.max(1, Number(words)) : 1;
}

async function onMachine(
  { host }: ModuleContext,
  { rest }: ChatRequest,
  act: (jid: string) => Promise<string>,
): Promise<string> {
  const wanted = rest.toLowerCase();
  const machine =
    host.find(wanted) ?? host.machines().find(({ record }) => record.name.toLowerCase() === wanted);
  return machine ? act(machine.jid) : `I have no virtual machine “${rest}”.`;
}

type Hardware = Extract<
  Awaited<ReturnType<HypervisorControlHandlers['nodeinfo']>>,
  { ok: true }
>['value'];

function sayHardware(node: Hardware): string {
  if (!node) return 'I do not know my hardware.';
  return (
    `I have ${node.cpus} processors of type ${node.model} at ${node.cpuMhz} MHz ` +
    `and ${node.memoryMib} MB of memory.`
  );
}
