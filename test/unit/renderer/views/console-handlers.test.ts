import { expect, it } from 'vitest';
import { ConsoleStore, type ConsoleControls } from '../../../../renderer/state/console-store.ts';
import { consoleHandlers } from '../../../../renderer/views/commands/console-handlers.ts';
import { fakeApi } from '../../../fakes/fake-api.ts';
import { fakeId } from '../../../fakes/fake-entities.ts';

const [web, mail] = [fakeId('web@archipel.test'), fakeId('mail@archipel.test')];

it('has the hypervisor press keys of machines that no console here shows', () => {
  const consoles = new ConsoleStore(fakeApi().api.consoles);
  const pressed: string[] = [];
  const given: unknown[] = [];
  const shown: Pick<ConsoleControls, 'sendKeys'> = { sendKeys: (keys) => pressed.push(keys) };
  // Nothing else of a console is asked for here.
  consoles.serve(web, shown as ConsoleControls);
  const handlers = consoleHandlers(
    consoles,
    { openTypeText: () => undefined },
    { give: async (...command) => given.push(command) > 0 },
  );
  handlers['console.send-keys']({ keys: 'Alt+Tab' }, [web, mail]);
  handlers['console.ctrl-alt-delete']({}, [web]);
  expect([pressed, given]).toEqual([
    ['Alt+Tab', 'Ctrl+Alt+Del'],
    [['vm.send-keys', [mail], { keys: 'Alt+Tab' }]],
  ]);
});
