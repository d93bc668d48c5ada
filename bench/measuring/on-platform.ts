import { addAccount, DesktopApp, newProfile } from './desktop-app.ts';
import { Platform, type PlatformSize } from './platform.ts';

/** Does something with the application, and ends it. */
export type Session = <T>(work: (app: DesktopApp) => Promise<T>) => Promise<T>;

/** Lets the application run as often as wanted, with one profile, on a platform of that size. */
export async function inSessions<T>(
  size: PlatformSize,
  work: (session: Session, platform: Platform) => Promise<T>,
): Promise<T> {
  const platform = await Platform.start(size);
  const profile = await newProfile();
  const session: Session = async (inOne) => {
    const app = await DesktopApp.launch(profile.folder);
    try {
      return await inOne(app);
    } finally {
      await app.close();
    }
  };
  try {
    await addAccount(profile.folder, platform);
    return await work(session, platform);
  } finally {
    await platform.stop();
    await profile.remove();
  }
}

/** Does something with the application on a platform of that size, and ends both. */
export function onPlatform<T>(
  size: PlatformSize,
  work: (app: DesktopApp, platform: Platform) => Promise<T>,
): Promise<T> {
  return inSessions(size, (session, platform) => session((app) => work(app, platform)));
}
