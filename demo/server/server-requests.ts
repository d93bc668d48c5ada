import { el } from '../../core/xml/element.ts';
import type { CommandRequests } from './admin/command-requests.ts';
import { NS } from './namespaces.ts';
import {
  type Answer,
  isOwn,
  refused,
  type Request,
  type RequestHandler,
  result,
} from './requests.ts';

const SERVER_NAME = 'Archipel embedded server';

const SERVER_FEATURES = [
  NS.discoInfo,
  NS.discoItems,
  NS.commands,
  NS.ping,
  NS.privateStorage,
  NS.register,
  NS.roster,
  NS.time,
  NS.vcard,
  NS.version,
  NS.last,
];

function features(names: readonly string[]): ReturnType<typeof el>[] {
  return names.map((name) => el('feature', { var: name }));
}

function time(): Answer {
  const utc = new Date().toISOString();
  return result(el('time', { xmlns: NS.time }, [el('tzo', {}, ['+00:00']), el('utc', {}, [utc])]));
}

/** What the server answers when asked as itself (its bare domain). */
export function serverHandlers(
  commands: CommandRequests,
  version: string,
): ReadonlyMap<string, RequestHandler> {
  const startedAt = Date.now();
  const domainInfo = ({ payload }: Request): Answer => {
    const node = payload.attributes['node'];
    if (node === undefined) return result(serverInfo());
    if (node !== NS.commands && !commands.isCommand(node)) return refused('item-not-found');
    return result(commandInfo(node));
  };
  const domainItems = (request: Request): Answer => {
    const { node } = request.payload.attributes;
    if (node === NS.commands) {
      const items = commands.items(request);
      return result(el('query', { xmlns: NS.discoItems, node }, items));
    }
    if (node !== undefined) return refused('item-not-found');
    const pubsub = el('item', { jid: `pubsub.${request.to.domain}` });
    return result(el('query', { xmlns: NS.discoItems }, [pubsub]));
  };
  return new Map<string, RequestHandler>([
    [NS.discoInfo, domainInfo],
    [NS.discoItems, domainItems],
    [NS.commands, (request) => commands.answer(request)],
    [NS.ping, () => result()],
    [NS.session, () => result()],
    [NS.time, time],
    [NS.version, () => result(versionElement(version))],
    [NS.last, () => result(lastElement(startedAt))],
  ]);
}

function versionElement(version: string): ReturnType<typeof el> {
  const parts = [el('name', {}, [SERVER_NAME]), el('version', {}, [version])];
  return el('query', { xmlns: NS.version }, parts);
}

function lastElement(startedAt: number): ReturnType<typeof el> {
  const seconds = Math.floor((Date.now() - startedAt) / 1000);
  return el('query', { xmlns: NS.last, seconds: String(seconds) });
}

function serverInfo(): ReturnType<typeof el> {
  return el('query', { xmlns: NS.discoInfo }, [
    el('identity', { category: 'server', type: 'im', name: SERVER_NAME }),
    ...features(SERVER_FEATURES),
  ]);
}

function commandInfo(node: string): ReturnType<typeof el> {
  const type = node === NS.commands ? 'command-list' : 'command-node';
  return el('query', { xmlns: NS.discoInfo, node }, [
    el('identity', { category: 'automation', type }),
    ...features([NS.commands, NS.dataForm]),
  ]);
}

/** What the server answers in the name of an account whose bare JID is asked. */
export function accountInfo(request: Request): Answer {
  if (!isOwn(request)) return refused('service-unavailable');
  return result(
    el('query', { xmlns: NS.discoInfo }, [
      el('identity', { category: 'account', type: 'registered' }),
      ...features([NS.discoInfo, NS.vcard]),
    ]),
  );
}
