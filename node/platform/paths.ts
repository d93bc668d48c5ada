import { homedir } from 'node:os';
import { join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** The folder of the user's accounts, settings and cache: the same for the app and the command line. */
export function profileFolder(
  platform: NodeJS.Platform = process.platform,
  environment: Environment = process.env,
  home: string = homedir(),
): string {
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Archipel');
  if (platform === 'win32') {
    return join(given(environment['APPDATA']) ?? join(home, 'AppData', 'Roaming'), 'Archipel');
  }
  return join(given(environment['XDG_CONFIG_HOME']) ?? join(home, '.config'), 'Archipel');
}

function given(text: string | undefined): string | undefined {
  return text === undefined || text === '' ? undefined : text;
}
