/** A block of a change log: the little of Markdown that it uses. */
export type Block =
  | { readonly kind: 'heading'; readonly level: number; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'text'; readonly text: string };

type Open = 'list' | 'text' | undefined;

function plain(text: string): string {
  return text.replaceAll(/\[([^\]]*)\]\([^)]*\)/gu, '$1').replaceAll(/[*`]/gu, '');
}

/** What a line begins; undefined when it goes on with what is open. */
function begin(line: string): Block | undefined {
  const heading = /^(?<marks>#{1,6})\s+(?<text>.*)$/u.exec(line)?.groups;
  if (heading) {
    return {
      kind: 'heading',
      level: heading['marks']?.length ?? 1,
      text: plain(heading['text'] ?? ''),
    };
  }
  const item = /^\s*[-*]\s+(?<text>.*)$/u.exec(line)?.groups;
  return item && { kind: 'list', items: [plain(item['text'] ?? '')] };
}

/** Two lines as one block, when the second belongs to the first. */
function join(
  before: Block | undefined,
  line: string,
  begun: Block | undefined,
): Block | undefined {
  if (before?.kind === 'list' && begun?.kind === 'list') {
    return { kind: 'list', items: [...before.items, ...begun.items] };
  }
  if (begun || !before || before.kind === 'heading') return undefined;
  const more = ` ${plain(line.trim())}`;
  if (before.kind === 'text') return { kind: 'text', text: before.text + more };
  return {
    kind: 'list',
    items: [...before.items.slice(0, -1), (before.items.at(-1) ?? '') + more],
  };
}

/** Reads headings, lists and paragraphs; links and emphasis become plain text. */
export function readMarkdown(source: string): readonly Block[] {
  const blocks: Block[] = [];
  let open: Open;
  for (const line of source.split(/\r?\n/u)) {
    if (line.trim() === '') {
      open = undefined;
      continue;
    }
    const begun = begin(line);
    const joined = open ? join(blocks.at(-1), line, begun) : undefined;
    if (joined) blocks.pop();
    const block = joined ?? begun ?? { kind: 'text', text: plain(line.trim()) };
    blocks.push(block);
    open = block.kind === 'heading' ? undefined : block.kind;
  }
  return blocks;
}
