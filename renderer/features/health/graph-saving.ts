import type { AppApi } from '../../../core/contract/contract.ts';
import type { GraphEngine } from './graph-engine.ts';
import type { GraphPlan } from './graph-plan.ts';

/** Saves a graph where the user says, as a picture or as its values. */
export async function saveGraph(
  api: AppApi,
  engine: GraphEngine,
  { id }: GraphPlan,
  name: string,
  kind: 'csv' | 'png',
): ReturnType<AppApi['app']['saveTable']> {
  if (kind === 'csv') {
    const { csv } = await engine.table(id);
    return api.app.saveTable({ name, csv });
  }
  const png = (await engine.picture(id)) ?? new Uint8Array();
  return api.consoles.savePicture({ name, png });
}
