import { parentGroup, withGroupMoved } from '../../core/domain/group-path.ts';
import { err } from '../../core/lib/result.ts';
import { tags } from '../../core/protocol/tags.ts';
import { done, DONE, onEntity, type CommandHandlers } from './command-context.ts';
import { similarJid } from './similar-jid.ts';

type Contacts = Extract<keyof CommandHandlers, `${'contact' | 'entity' | 'group'}.${string}`>;

export const contactHandlers: Pick<CommandHandlers, Contacts> = {
  'contact.add': async (context, _target, { account, jid, name, groups, certain }) => {
    const link = context.link(account);
    if (!link) return err({ code: 'not-connected', jid: account });
    const known = context.entitiesOf(account).map((one) => one.jid);
    if (known.includes(jid)) return err({ code: 'already-there', what: jid });
    // "Did you mean …?": the user says that it is certain, or takes the other one.
    const similar = certain === true ? undefined : similarJid(jid, known);
    if (similar !== undefined) return err({ code: 'already-there', what: similar });
    const added = await link.contacts.set(jid, name, groups);
    return added.ok ? done(link.contacts.subscribe(jid)) : added;
  },

  'contact.rename': onEntity(({ link, target }, { name }) =>
    done(link.contacts.set(target.jid, name, target.groups)),
  ),
  'contact.set-groups': onEntity(({ link, target }, { groups }) =>
    done(link.contacts.regroup(target.jid, () => groups)),
  ),
  'contact.ask-subscription': onEntity(({ link, target }) =>
    done(link.contacts.subscribe(target.jid)),
  ),
  'contact.drop-subscription': onEntity(({ link, target }) =>
    done(link.contacts.unsubscribe(target.jid)),
  ),
  'contact.remove': onEntity(({ link, target }) => done(link.contacts.remove(target.jid))),

  'contact.answer-request': async (context, _target, { account, jid, accept, always }) => {
    const link = context.link(account);
    if (!link) return err({ code: 'not-connected', jid: account });
    if (accept && always === true) link.authorise(jid);
    if (accept) await link.desk.accept(jid, undefined);
    else await link.desk.refuse(jid);
    return DONE;
  },

  'group.rename': onEntity(({ link, target }, { from, to }) =>
    done(link.contacts.regroup(target.jid, (groups) => withGroupMoved(groups, from, to))),
  ),
  'group.delete': onEntity(({ link, target }, { group }) => {
    const parent = parentGroup(group);
    return done(link.contacts.regroup(target.jid, (all) => withGroupMoved(all, group, parent)));
  }),

  'entity.set-tags': onEntity(({ context, link, target }, input) =>
    done(link.order(tags.settags, target.jid, { tags: input.tags }, context)),
  ),
  'entity.check-now': onEntity(({ link, target }) => done(link.checkNow(target.jid))),
};
