import { createHash } from 'node:crypto';
import { parseJid } from '../../core/domain/jid.ts';
import { err, ok } from '../../core/lib/result.ts';
import { definitionText } from '../../core/protocol/definition-text.ts';
import type { ReplyOf, RequestOf } from '../../core/protocol/define-action.ts';
import { vmControl } from '../../core/protocol/vm-control.ts';
import type { vmDefinition } from '../../core/protocol/vm-definition.ts';
import { serialize } from '../../core/xml/write.ts';
import type { Asker, Evidence, EvidenceTable, Finding, Order } from './evidence.ts';
import { isListed } from './hypervisor-evidence.ts';

type Info = NonNullable<ReplyOf<typeof vmControl.info>>;
type Judge<Request> = (info: Info | undefined, input: Request, asker: Asker) => boolean;

/** libvirt's numbers: running, blocked, paused; going down, off, crashed. */
const UP = [1, 2, 3];
const DOWN = [4, 5, 6];

/** Evidence in the machine's own information; undefined information: it is not defined. */
function byInfo<Request>(judge: Judge<Request>): Evidence<Request> {
  return {
    async find(asker, { jid, input }) {
      const info = await asker.ask(vmControl.info, jid, {});
      return info.ok ? found(judge(info.value, input, asker)) : info;
    },
  };
}

function found(isDone: boolean) {
  return ok<Finding>(isDone ? 'done' : 'failed');
}

const shutdown: Evidence<object> = {
  async find(asker, { jid }) {
    const info = await asker.ask(vmControl.info, jid, {});
    if (!info.ok) return info;
    // A guest takes its time; its presence says that it has been asked.
    const isAsked = asker.entity(jid)?.state === 'shutting-down';
    return found(isAsked || info.value === undefined || DOWN.includes(info.value.state));
  },
};

const reboot: Evidence<object> = {
  async find(asker, { jid }) {
    const info = await asker.ask(vmControl.info, jid, {});
    if (!info.ok) return info;
    // A guest that reboots runs all the time: only one that does not run was surely not rebooted.
    return ok<Finding>(info.value && UP.includes(info.value.state) ? 'cannot-tell' : 'failed');
  },
};

const migrate: Evidence<RequestOf<typeof vmControl.migrate>> = {
  async find(asker, { jid, input }) {
    if (asker.entity(jid)?.state === 'migrating') return ok('done');
    const info = await asker.ask(vmControl.info, jid, {});
    if (!info.ok) return info;
    const now = parseJid(info.value?.hypervisor ?? '')?.bare;
    return found(now !== undefined && now === parseJid(input.hypervisor)?.bare);
  },
};

const free: Evidence<object> = {
  async find(asker, { jid }) {
    const hypervisor = asker.hypervisorOf(jid);
    if (hypervisor === undefined) return ok('cannot-tell');
    const listed = await isListed(asker, hypervisor, jid);
    return listed.ok ? found(!listed.value) : listed;
  },
};

export const vm: EvidenceTable['vm'] = {
  create: byInfo((info) => info !== undefined && UP.includes(info.state)),
  shutdown,
  destroy: byInfo((info) => info === undefined || DOWN.includes(info.state)),
  reboot,
  suspend: byInfo((info) => info?.state === 3),
  resume: byInfo((info) => info !== undefined && [1, 2].includes(info.state)),
  migrate,
  autostart: byInfo((info, { value }) => info?.autostart === value),
  memory: byInfo((info, { memoryKib }) => info?.memoryKib === memoryKib),
  setvcpus: byInfo((info, { vcpus }) => info?.vcpus === vcpus),
  free,
};

/** A short stand-in for a definition: the journal need not hold the whole of it. */
async function definitionHash(asker: Asker, jid: Order<unknown>['jid']) {
  const definition = await asker.ask(vmControl.xmldesc, jid, {});
  if (!definition.ok) return definition;
  const text = definition.value === undefined ? '' : serialize(definition.value);
  return ok(createHash('sha256').update(text).digest('hex'));
}

const define: Evidence<RequestOf<typeof vmDefinition.define>> = {
  async baseline(asker, jid) {
    const hash = await definitionHash(asker, jid);
    return hash.ok ? hash.value : undefined;
  },
  async find(asker, { jid, baseline }) {
    const hash = await definitionHash(asker, jid);
    if (!hash.ok) return err(hash.error);
    return baseline === undefined ? ok('cannot-tell') : found(hash.value !== baseline);
  },
};

export const definition: EvidenceTable['definition'] = {
  define,
  undefine: {
    async find(asker, { jid }) {
      const now = await asker.ask(vmControl.xmldesc, jid, {});
      return now.ok ? found(now.value === undefined) : now;
    },
  },
};

export const definitionTextEvidence: EvidenceTable['definition-text'] = {
  define: {
    async find(asker, { jid, input }) {
      const now = await asker.ask(definitionText.get, jid, {});
      // Another revision than the one that was edited: an order with an old one is refused.
      return now.ok ? found(now.value !== undefined && now.value.revision !== input.base) : now;
    },
  },
};

export const consoleEvidence: EvidenceTable['console'] = {
  // Nothing tells of a token that was made and lost with its answer; it is void in half a minute.
  open: { find: async () => ok('cannot-tell') },
  sendkeys: { find: async () => ok('cannot-tell') },
};
