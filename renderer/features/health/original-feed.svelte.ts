import { untrack } from 'svelte';
import type { Entity } from '../../../core/domain/entity.ts';
import { health } from '../../../core/protocol/health.ts';
import { vmControl } from '../../../core/protocol/vm-control.ts';
import type { QueryStore } from '../../state/query-store.svelte.ts';
import { machineInfoValues, OriginalReadings } from './original-values.ts';
import type { SeriesValue } from './sample-values.ts';

/** Takes what was measured at a moment, milliseconds since 1970. */
export type TakeValues = (at: number, values: readonly SeriesValue[]) => void;

/**
 * Asks an original agent, which sends no samples, for as long as the effect lasts that this is called in;
 * main asks at the period of the original client.
 */
export function feedOriginal(
  { id, kind }: Pick<Entity, 'id' | 'kind'>,
  queries: Pick<QueryStore, 'watch'>,
  take: TakeValues,
): void {
  if (kind === 'hypervisor') feedHypervisor(id, queries, take);
  else if (kind === 'virtualmachine') feedMachine(id, queries, take);
}

function feedHypervisor(id: Entity['id'], queries: Pick<QueryStore, 'watch'>, take: TakeValues) {
  const readings = new OriginalReadings(id);
  const info = queries.watch(health.info, id, {});
  $effect(() => {
    const { state } = info;
    if (state.name === 'ready') untrack(() => take(state.at, readings.valuesOf(state.value)));
  });
}

function feedMachine(id: Entity['id'], queries: Pick<QueryStore, 'watch'>, take: TakeValues) {
  const info = queries.watch(vmControl.info, id, {});
  $effect(() => {
    const { state } = info;
    const value = state.name === 'ready' ? state.value : undefined;
    if (state.name === 'ready' && value) {
      untrack(() => take(state.at, machineInfoValues(id, value)));
    }
  });
}
