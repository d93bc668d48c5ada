import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { readJson } from '../lib/project.mjs';
import { run } from '../lib/run.mjs';
import { releaseProblem } from './release-guard.mjs';

/** The version of the runtime that lies in the package, asked of itself where it can run here. */
async function runtimeVersion({ appOutDir, electronPlatformName, arch, packager }) {
  const native = electronPlatformName === process.platform && archName(arch) === process.arch;
  if (native && process.platform === 'linux') {
    const executable = path.join(appOutDir, packager.executableName);
    const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
    const { code, output } = await run(executable, ['-p', 'process.versions.electron'], { env });
    if (code === 0) return output.trim();
  }
  const { electronDist } = packager.config;
  if (typeof electronDist === 'string') {
    return readFileSync(path.join(electronDist, 'version'), 'utf8').trim().replace(/^v/, '');
  }
  return packager.info.framework.version;
}

/** electron-builder counts its architectures in this order. */
function archName(arch) {
  return ['ia32', 'x64', 'armv7l', 'arm64', 'universal'][arch];
}

/** Called by electron-builder when the application's folder is complete. */
export default async function afterPack(context) {
  const problem = releaseProblem({
    development: process.env.ARCHIPEL_PACKAGE === 'development',
    pinned: readJson('package.json').devDependencies.electron,
    runtime: await runtimeVersion(context),
  });
  if (problem !== undefined) throw new Error(problem);
  // A runtime given as a folder still has what only an unpackaged Electron uses.
  const resources = context.packager.getResourcesDir(context.appOutDir);
  rmSync(path.join(resources, 'default_app.asar'), { force: true });
  rmSync(path.join(context.appOutDir, 'version'), { force: true });
}
