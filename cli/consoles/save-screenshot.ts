import { encode } from 'fast-png';
import { writeFile } from 'node:fs/promises';
import { messagesFor } from '../../core/messages/catalogue.ts';
import { RfbFailureError } from '../../core/rfb/rfb-failure.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { describeNoEntity } from '../fleet.ts';
import { complain, withFleet, type GlobalOptions } from '../with-fleet.ts';
import { describeScreenFailure, openScreen } from './open-screen.ts';
import type { ScreenOptions } from './screen-options.ts';

const words = messagesFor('en').typing;

/** Saves the screen of a machine as it is now; a file that is there is replaced. */
export function saveScreenshot(
  vm: string,
  file: string,
  options: GlobalOptions & ScreenOptions,
): Promise<ExitCode> {
  return withFleet(options, async (cli) => {
    const entity = await cli.fleet.findMachine(vm);
    if (!entity.ok) return complain(describeNoEntity(entity.error), EXIT.usage);
    const screen = await openScreen(cli, entity.value, options);
    if (!screen.ok) return complain(screen.error, EXIT.failed);
    const { viewer } = screen.value;
    try {
      const { width, height, rgba } = await viewer.takePicture();
      const png = encode({ width, height, data: rgba, channels: 4, depth: 8 });
      return await written(file, png, { width, height }, options);
    } catch (cause) {
      if (!(cause instanceof RfbFailureError)) throw cause;
      const { title, hint } = describeScreenFailure(entity.value, cause.failure);
      return complain(`${title} ${hint}`, EXIT.failed);
    } finally {
      viewer.close();
    }
  });
}

async function written(
  file: string,
  png: Uint8Array,
  { width, height }: { readonly width: number; readonly height: number },
  { json }: GlobalOptions,
): Promise<ExitCode> {
  try {
    await writeFile(file, png);
  } catch (cause) {
    return complain(words.pictureUnwritable(file, messageOf(cause)), EXIT.failed);
  }
  const said = { file, width, height };
  console.log(json === true ? JSON.stringify(said) : words.pictureSaved(file, width, height));
  return EXIT.done;
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
