const ELSEWHERE = ['--demo', '--no-demo', '--account'];

const names = (argument, option) => argument === option || argument.startsWith(`${option}=`);

/**
 * What the app is started with: what was asked for, and the embedded platform unless that says
 * where else to go (an account, a link, or `--no-demo`).
 * @param {readonly string[]} asked
 * @returns {string[]}
 */
export function appArguments(asked) {
  const decided = asked.some(
    (argument) =>
      argument.startsWith('xmpp:') || ELSEWHERE.some((option) => names(argument, option)),
  );
  const passed = asked.filter((argument) => argument !== '--no-demo' && argument !== '--stay');
  return decided ? passed : ['--demo', ...passed];
}

/**
 * What Chromium has to be told on this machine.
 * @param {{ platform: string, isRoot: boolean, env: Readonly<Record<string, string | undefined>> }} machine
 * @returns {string[]}
 */
export function chromiumArguments({ platform, isRoot, env }) {
  if (platform !== 'linux') return [];
  const sandbox = isRoot ? ['--no-sandbox'] : [];
  const waylandOnly = env.WAYLAND_DISPLAY && !env.DISPLAY;
  return waylandOnly ? [...sandbox, '--ozone-platform-hint=auto'] : sandbox;
}

/** Whether there is a screen to show a window on. */
export function hasDisplay({ platform, env }) {
  return platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}
