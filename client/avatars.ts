import type { AccountBook } from './accounts/account-book.ts';
import type { Inventory } from './inventory/inventory.ts';
import type { PictureStore } from './ports.ts';

/** The picture of that hash. One that no entity wears is not looked for. */
export async function avatarPicture(
  hash: string,
  pictures: PictureStore,
  inventory: Inventory,
  accounts: AccountBook,
): Promise<Uint8Array | undefined> {
  if (!/^[0-9a-f]{40}$/.test(hash)) return undefined;
  const known = await pictures.read(hash);
  if (known) return known;
  const wearer = inventory.entities().find(({ avatar }) => avatar === hash);
  const link = wearer && accounts.link(wearer.account);
  if (!link) return undefined;
  await link.vcardOf(wearer.jid);
  return pictures.read(hash);
}
