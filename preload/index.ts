import { contextBridge } from 'electron';

const { electron, chrome } = process.versions;

contextBridge.exposeInMainWorld('archipelRuntime', { electron, chrome });
