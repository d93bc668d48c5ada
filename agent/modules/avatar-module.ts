import { createHash } from 'node:crypto';
import { extname } from 'node:path';
import { err, ok } from '../../core/lib/result.ts';
import { avatar } from '../../core/protocol/avatar.ts';
import type { Vcard } from '../../core/protocol/vcard.ts';
import type { AgentEntity } from '../entities/agent-entity.ts';
import type { BelongingsKeeper } from '../entities/belongings.ts';
import { serve, type ServedGroup } from '../entities/dispatcher.ts';

/** Pictures that entities can wear, by file name. */
export type Avatars = ReadonlyMap<string, Uint8Array>;

const EXTENSIONS: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.jpg': 'image/jpg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
};

/** The media type of a picture by its file name, as original agents name it; undefined for other files. */
export function mimeOf(name: string): string | undefined {
  return EXTENSIONS[extname(name).toLowerCase()];
}

/** The picture of an entity (protocol: overview §10). */
export function avatarModule(
  entity: () => AgentEntity,
  keeper: BelongingsKeeper,
  avatars: Avatars,
): ServedGroup {
  return serve(avatar, {
    getavatars: async () => ok([...avatars].map(([name, bytes]) => describe(name, bytes))),
    setavatar: async ({ name: wanted }) => {
      const name = wanted.replaceAll(/\.\.|[/\\]/gu, '').replaceAll(' ', '_');
      if (!avatars.has(name)) {
        return err({ code: 'avatar-set-failed', text: `There is no picture named ${name}.` });
      }
      const kept = await keeper.keep({ avatar: name });
      if (!kept.ok) return err({ code: 'avatar-set-failed', text: kept.error });
      if (await entity().refreshVcard()) return ok(undefined);
      const text = 'The XMPP server did not take the vCard.';
      return err({ code: 'avatar-set-failed', text });
    },
  });
}

function describe(name: string, bytes: Uint8Array) {
  const data = Buffer.from(bytes).toString('base64');
  const hash = createHash('md5').update(data).digest('hex');
  return { name, mime: mimeOf(name) ?? 'image/png', hash, data };
}

/** The part of a vCard that is a picture; nothing when there is none of that name. */
export function photoOf(avatars: Avatars, name: string): Pick<Vcard, 'photo'> {
  const bytes = avatars.get(name);
  const mime = mimeOf(name);
  if (!bytes || mime === undefined) return {};
  return { photo: { mime, data: Buffer.from(bytes).toString('base64') } };
}
