import { expect, it } from 'vitest';
import { graphHandlers } from '../../../../renderer/views/commands/graph-handlers.ts';
import { fakeGraphs } from '../../../fakes/fake-controls.ts';

it('does with the graphs last looked at what commands say, and nothing where there are none', () => {
  const calls: unknown[][] = [];
  for (const current of [fakeGraphs([], calls), undefined]) {
    const handlers = graphHandlers({ current });
    handlers['graphs.show-last']({ range: '10800' }, []);
    handlers['graphs.follow']({}, []);
    handlers['graphs.tables']({}, []);
    handlers['graphs.zoom-in']({}, []);
    handlers['graphs.zoom-out']({}, []);
    handlers['graphs.earlier']({}, []);
    handlers['graphs.later']({}, []);
    handlers['graphs.save-picture']({ graph: 'cpu' }, []);
    handlers['graphs.save-values']({ graph: 'cpu' }, []);
  }
  expect(calls).toEqual([
    ['showLast', '10800'],
    ['toggleLive'],
    ['toggleTables'],
    ['zoom', 0.8],
    ['zoom', 1.25],
    ['pan', -0.2],
    ['pan', 0.2],
    ['save', 'cpu', 'png'],
    ['save', 'cpu', 'csv'],
  ]);
});
