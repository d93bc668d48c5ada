import type { ConsoleControls, WallControls } from '../../renderer/state/console-store.ts';
import type { GraphControls } from '../../renderer/state/graph-store.ts';

type Calls = unknown[][];

function noteIn(calls: Calls) {
  return (name: string) =>
    (...given: unknown[]): void =>
      void calls.push([name, ...given]);
}

/** A console that notes what commands do with it. */
export function fakeConsole(calls: Calls = []): ConsoleControls {
  const noted = noteIn(calls);
  return {
    hindrance: () => undefined,
    sendKeys: noted('sendKeys'),
    toggleThrough: noted('toggleThrough'),
    releaseKeyboard: noted('releaseKeyboard'),
    takeKeyboard: noted('takeKeyboard'),
    holdKey: noted('holdKey'),
    setKeyboard: noted('setKeyboard'),
    setWay: noted('setWay'),
    fit: noted('fit'),
    zoomTo: noted('zoomTo'),
    zoomBy: noted('zoomBy'),
    toggleViewOnly: noted('toggleViewOnly'),
    toggleFullScreen: noted('toggleFullScreen'),
    fillDisplay: noted('fillDisplay'),
    savePicture: noted('savePicture'),
    copyPicture: noted('copyPicture'),
    toggleSharedClipboard: noted('toggleSharedClipboard'),
    giveClipboard: noted('giveClipboard'),
    takeClipboard: noted('takeClipboard'),
    toggleResizing: noted('toggleResizing'),
    toggleKeptPast: noted('toggleKeptPast'),
    setQuality: noted('setQuality'),
    toggleRewind: noted('toggleRewind'),
    reconnect: noted('reconnect'),
  };
}

export function fakeWall(): WallControls {
  const nothing = (): undefined => undefined;
  return { chooseAll: nothing, broadcast: nothing, endBroadcast: nothing };
}

/** Graphs of these titles that note what commands do with them. */
export function fakeGraphs(titles: readonly string[], calls: Calls = []): GraphControls {
  const noted = noteIn(calls);
  return {
    graphs: () => titles.map((title) => ({ id: title.toLowerCase(), title })),
    showLast: noted('showLast'),
    toggleLive: noted('toggleLive'),
    toggleTables: noted('toggleTables'),
    zoom: noted('zoom'),
    pan: noted('pan'),
    save: noted('save'),
  };
}
