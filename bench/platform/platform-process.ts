// The embedded platform of the benches in a process of its own: told by lines of JSON what is to happen.
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import * as v from 'valibot';
import { startPlatform } from '../../demo/platform.ts';
import { Storm } from './storm.ts';

const Size = v.pipe(v.string(), v.transform(Number), v.integer(), v.minValue(1));
const Order = v.strictObject({ changes: v.pipe(v.number(), v.integer(), v.minValue(1)) });

const { values } = parseArgs({
  options: {
    hypervisors: { type: 'string' },
    vms: { type: 'string' },
    scripted: { type: 'boolean' },
    accounts: { type: 'string', default: '0' },
  },
});

const platform = await startPlatform({
  hypervisors: v.parse(Size, values.hypervisors),
  machines: v.parse(Size, values.vms),
  seed: 1,
  // Nothing happens but what a bench asks for.
  clock: 'manual',
  ...(values.scripted === true ? { scriptedAbove: 0 } : {}),
});
for (let index = 0; index < Number(values.accounts); index += 1) {
  platform.server.domain.accounts.register(`user-${String(index).padStart(5, '0')}`, 'nobody');
}
const storm = new Storm(platform);
const say = (line: unknown): void => console.log(JSON.stringify(line));
const orders = createInterface(process.stdin);
orders.on('line', (line) => {
  const { changes } = v.parse(Order, JSON.parse(line));
  void storm.blow(changes).then(say);
});
// Whoever started it is gone.
orders.on('close', () => void platform.stop().then(() => process.exit(0)));
say(platform.announcement);
