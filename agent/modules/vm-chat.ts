import { parseJid } from '../../core/domain/jid.ts';
import { serialize } from '../../core/xml/write.ts';
import type { ChatCommand } from '../entities/chat-desk.ts';
import { DOMAIN_STATES } from '../hypervisor/domain.ts';
import type { Machine } from '../machines/machine.ts';
import { answer, requesterOf } from './chat-answers.ts';
import type { VmControlHandlers } from './vm-control-module.ts';

const RUDE = ['fuck', 'fucking', 'asshole', 'jerk', 'stupid', 'suck', 'you suck'];
const GREETINGS = ['hello', 'hey', 'hi', 'good morning', 'yo'];

/** What a virtual machine answers in a chat, in the order in which it is matched. */
export function vmChat(machine: Machine, handlers: VmControlHandlers): readonly ChatCommand[] {
  return [...contactCommands(machine), ...orders(handlers), ...questions(handlers), ...manners()];
}

function contactCommands(machine: Machine): readonly ChatCommand[] {
  return [
    {
      triggers: ['roster', 'users'],
      permission: 'roster',
      description: 'My contacts',
      run: async () => {
        const contacts = [...machine.entity.roster.items.keys()].map((jid) => ` - ${jid}`);
        return ['My contacts:', ...contacts].join('\n');
      },
    },
  ];
}

function orders(handlers: VmControlHandlers): readonly ChatCommand[] {
  return [
    {
      triggers: ['start', 'create', 'boot', 'play', 'run'],
      permission: 'create',
      description: 'Start me',
      run: async (chat) => answer(handlers.create({}, requesterOf(chat)), () => 'Starting.'),
    },
    {
      triggers: ['shutdown', 'stop'],
      permission: 'shutdown',
      description: 'Shut me down',
      run: async (chat) => answer(handlers.shutdown({}, requesterOf(chat)), () => 'Shutting down.'),
    },
    {
      triggers: ['destroy'],
      permission: 'destroy',
      description: 'Force me off',
      run: async (chat) => answer(handlers.destroy({}, requesterOf(chat)), () => 'Forced off.'),
    },
    {
      triggers: ['pause', 'suspend'],
      permission: 'suspend',
      description: 'Pause me',
      run: async (chat) => answer(handlers.suspend({}, requesterOf(chat)), () => 'Paused.'),
    },
    {
      triggers: ['resume', 'unpause'],
      permission: 'resume',
      description: 'Let me go on',
      run: async (chat) => answer(handlers.resume({}, requesterOf(chat)), () => 'Going on.'),
    },
  ];
}

function questions(handlers: VmControlHandlers): readonly ChatCommand[] {
  return [
    {
      triggers: ['info', 'how are you', 'and you'],
      permission: 'info',
      description: 'My state and load',
      run: async (chat) => answer(handlers.info({}, requesterOf(chat)), sayInfo),
    },
    {
      triggers: ['desc', 'description', 'xml'],
      permission: 'xmldesc',
      description: 'My definition',
      run: async (chat) =>
        answer(handlers.xmldesc({}, requesterOf(chat)), (domain) =>
          domain ? serialize(domain) : 'I am not defined.',
        ),
    },
    {
      triggers: ['net', 'network', 'stat', 'stats', 'statistics'],
      permission: 'networkinfo',
      description: 'My network counters',
      run: async (chat) => answer(handlers.networkinfo({}, requesterOf(chat)), sayCounters),
    },
  ];
}

function manners(): readonly ChatCommand[] {
  return [
    {
      triggers: RUDE,
      description: 'Rudeness',
      isHidden: true,
      run: async () => 'Please stay polite.',
    },
    {
      triggers: GREETINGS,
      description: 'A greeting',
      isHidden: true,
      run: async ({ requester }) => `Hello ${parseJid(requester)?.node ?? requester}.`,
    },
  ];
}

type Info = Extract<Awaited<ReturnType<VmControlHandlers['info']>>, { ok: true }>['value'];

function sayInfo(info: Info): string {
  if (!info) return 'I am not defined.';
  const state = DOMAIN_STATES[info.state] ?? 'nostate';
  const memory = Math.round(info.memoryKib / 1024);
  const cpus = info.vcpus === 1 ? '1 virtual CPU' : `${info.vcpus} virtual CPUs`;
  return (
    `I am in state “${state}”, with ${memory} MB of memory and ${cpus}, ` +
    `using ${info.cpuPercent.toFixed(1)} % of the processors of ${info.hypervisor}.`
  );
}

type Counters = Extract<
  Awaited<ReturnType<VmControlHandlers['networkinfo']>>,
  { ok: true }
>['value'];

function sayCounters(counters: Counters): string {
  if (counters.length === 0) return 'I have no network counters.';
  return counters
    .map(
      ({ name, receivedBytes, sentBytes }) =>
        `${name}: ${receivedBytes} bytes received, ${sentBytes} bytes sent`,
    )
    .join('\n');
}
