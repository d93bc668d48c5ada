import type { EntityId } from '../../../core/domain/entity.ts';
import type { Messages } from '../../../core/messages/catalogue.ts';
import type { NoticeStore } from '../../state/notice-store.svelte.ts';

/** A tab each: more of them at once nobody finds again. */
const MOST_OPENED = 8;

/** Opens a panel for each of these, or for the first where they are many, and says so. */
export function openForEach(
  targets: readonly EntityId[],
  open: (target: EntityId) => void,
  notices: Pick<NoticeStore, 'say'>,
  words: Pick<Messages, 'overview'>,
): void {
  for (const target of targets.slice(0, MOST_OPENED)) open(target);
  if (targets.length <= MOST_OPENED) return;
  const title = words.overview.firstOpened(MOST_OPENED, targets.length);
  notices.say({ level: 'info', title, hint: words.overview.firstOpenedHint });
}
