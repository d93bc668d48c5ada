import type { WindowCommandId } from '../../../core/commands/table.ts';
import type { WindowHandlers } from '../../state/command-center.svelte.ts';
import type { GraphControls, GraphStore } from '../../state/graph-store.ts';

type GraphCommand = Extract<WindowCommandId, `graphs.${string}`>;

const ZOOM_STEP = 1.25;
const PAN_STEP = 0.2;

/** What this window does with the graphs that were last looked at. */
export function graphHandlers(
  graphs: Pick<GraphStore, 'current'>,
): Pick<WindowHandlers, GraphCommand> {
  const on = (act: (controls: GraphControls) => void) => (): void => {
    if (graphs.current) act(graphs.current);
  };
  return {
    'graphs.show-last': ({ range }) => graphs.current?.showLast(range),
    'graphs.follow': on((one) => one.toggleLive()),
    'graphs.tables': on((one) => one.toggleTables()),
    'graphs.zoom-in': on((one) => one.zoom(1 / ZOOM_STEP)),
    'graphs.zoom-out': on((one) => one.zoom(ZOOM_STEP)),
    'graphs.earlier': on((one) => one.pan(-PAN_STEP)),
    'graphs.later': on((one) => one.pan(PAN_STEP)),
    'graphs.save-picture': ({ graph }) => graphs.current?.save(graph, 'png'),
    'graphs.save-values': ({ graph }) => graphs.current?.save(graph, 'csv'),
  };
}
