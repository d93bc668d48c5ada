import * as v from 'valibot';
import { window } from './define-command.ts';

/** The stretches of time that graphs can show at once, in seconds. */
export const GRAPH_RANGES = ['300', '1800', '10800', '86400', '604800', '2419200'] as const;
export type GraphRange = (typeof GRAPH_RANGES)[number];

const nothing = v.strictObject({});
/** One graph of the panel, by its id. */
const one = v.strictObject({ graph: v.pipe(v.string(), v.maxLength(40)) });
const common = { group: 'graphs', input: nothing, open: 'graphs' } as const;

/** What can be done with the graphs that were last looked at. */
export const graphCommands = [
  window({
    ...common,
    id: 'graphs.show-last',
    icon: 'history',
    input: v.strictObject({ range: v.picklist(GRAPH_RANGES) }),
  }),
  /** Their end stays at the present, or where it is. */
  window({ ...common, id: 'graphs.follow', icon: 'activity' }),
  window({ ...common, id: 'graphs.tables', icon: 'table' }),
  window({ ...common, id: 'graphs.zoom-in', icon: 'zoom-in' }),
  window({ ...common, id: 'graphs.zoom-out', icon: 'zoom-out' }),
  window({ ...common, id: 'graphs.earlier', icon: 'arrow-left' }),
  window({ ...common, id: 'graphs.later', icon: 'arrow-right' }),
  window({ ...common, id: 'graphs.save-picture', icon: 'camera', input: one }),
  window({ ...common, id: 'graphs.save-values', icon: 'file-down', input: one }),
] as const;
