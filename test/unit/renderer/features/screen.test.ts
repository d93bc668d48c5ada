import { expect, it, vi } from 'vitest';
import { PortChannel } from '../../../../renderer/features/console/port-channel.ts';
import { Screen } from '../../../../renderer/features/console/screen.ts';
import { rectangles } from '../../../fakes/fake-novnc.ts';

vi.mock('@novnc/novnc', () => import('../../../fakes/fake-novnc.ts'));

it('tells once that something is drawn, when the first rectangle has come whole', () => {
  const { port1 } = new MessageChannel();
  const screen = new Screen({} as HTMLElement, new PortChannel(port1));
  const drawn = vi.fn();
  screen.addEventListener('drawn', drawn);
  const read = screen as unknown as { _handleDataRect(): boolean };
  const told = [false, false, true, true].map((isWhole) => {
    rectangles.push(isWhole);
    return [read._handleDataRect(), drawn.mock.calls.length];
  });
  port1.close();
  expect(told).toEqual([
    [false, 0],
    [false, 0],
    [true, 1],
    [true, 1],
  ]);
});
