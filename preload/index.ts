import { contextBridge } from 'electron';
import { bridge } from './bridge.ts';
import { passStreamPorts } from './stream-ports.ts';

contextBridge.exposeInMainWorld('archipel', bridge());
passStreamPorts();
