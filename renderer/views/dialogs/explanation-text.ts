import type { Explanation, Failure } from '../../../core/contract/explanation.ts';
import type { Messages } from '../../../core/messages/catalogue.ts';
import { prettyXml } from '../../../core/xml/pretty.ts';

type Words = Messages['explanation'];

/** A request for a permission as one would write it to an administrator. */
export function permissionRequest(
  { entity, permission }: Explanation,
  words: Words,
): string | undefined {
  if (!entity || !permission) return undefined;
  const account = entity.id.slice(0, entity.id.indexOf('>'));
  return words.requestText(permission.name, entity.name, entity.jid, account);
}

/** All of an explanation as text, to be pasted where help is asked for. */
export function explanationText(
  { error }: Failure,
  explanation: Explanation,
  { describeError, explanation: words }: Pick<Messages, 'describeError' | 'explanation'>,
): string {
  const { entity, action, module, permission, log, request, answer } = explanation;
  const { title, hint } = describeError(error);
  const parts = [
    [title, hint].join('\n'),
    words.meaning(error),
    entity && `${words.entity}: ${entity.name} <${entity.jid}>`,
    action && `${words.action}: ${words.actionName(action.namespace, action.name)}`,
    module && `${words.module}: ${words.moduleState(module)}`,
    permission &&
      `${words.permission}: ${permission.name}. ${words.grantedBy(permission.grantedBy)}`,
    log && log.lines.length > 0 ? [words.log(log.hypervisor), ...log.lines].join('\n') : undefined,
    request && `${words.request}:\n${prettyXml(request.xml)}`,
    answer && `${words.answer}:\n${prettyXml(answer.xml)}`,
  ];
  return parts.filter((part) => part !== undefined).join('\n\n');
}
