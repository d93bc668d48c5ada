import { addAccount, DesktopApp, newProfile } from './desktop-app.ts';
import { Platform, type PlatformSize } from './platform.ts';

/** Does something with the application logged in to a platform of that size, and ends both. */
export async function onPlatform<T>(
  size: PlatformSize,
  work: (app: DesktopApp, platform: Platform) => Promise<T>,
): Promise<T> {
  const platform = await Platform.start(size);
  const profile = await newProfile();
  try {
    await addAccount(profile.folder, platform);
    const app = await DesktopApp.launch(profile.folder);
    try {
      return await work(app, platform);
    } finally {
      await app.close();
    }
  } finally {
    await platform.stop();
    await profile.remove();
  }
}
