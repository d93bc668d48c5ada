import { GRAPH_RANGES } from '../../../core/commands/graph-commands.ts';
import type { Messages } from '../../../core/messages/catalogue.ts';
import type { GraphStore } from '../../state/graph-store.ts';
import type { Choice } from '../workspaces/workspace-choices.ts';

/** What can be chosen for the graphs that were last looked at: stretches of time, and each to save. */
export function graphChoices(
  { current }: Pick<GraphStore, 'current'>,
  { health }: Pick<Messages, 'health'>,
): readonly Choice[] {
  if (!current) return [];
  const ranges = GRAPH_RANGES.map((range): Choice => {
    return { command: 'graphs.show-last', input: { range }, title: health.showLast(range) };
  });
  const saved = current.graphs().flatMap(({ id: graph, title }): Choice[] => [
    { command: 'graphs.save-picture', input: { graph }, title: health.savePng(title) },
    { command: 'graphs.save-values', input: { graph }, title: health.saveCsv(title) },
  ]);
  return [...ranges, ...saved];
}
