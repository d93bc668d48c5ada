/** What a range of `KeyboardEvent.code`s gives, from its first scancode on. */
function run(first: number, codes: string): readonly (readonly [string, number])[] {
  return codes.split(' ').map((code, index) => [code, first + index]);
}

/**
 * The scancode of each physical key by its `KeyboardEvent.code`, numbered as in KeyEvent.
 * See https://www.w3.org/TR/uievents-code/ for the names; the numbers are those that PC keyboards
 * send and Linux reads, and for keys that never had one those of QEMU's key numbers.
 */
export const PHYSICAL_KEYS: ReadonlyMap<string, number> = new Map([
  ...run(0x01, 'Escape Digit1 Digit2 Digit3 Digit4 Digit5 Digit6 Digit7 Digit8 Digit9 Digit0'),
  ...run(0x0c, 'Minus Equal Backspace Tab'),
  ...run(0x10, 'KeyQ KeyW KeyE KeyR KeyT KeyY KeyU KeyI KeyO KeyP BracketLeft BracketRight'),
  ...run(0x1c, 'Enter ControlLeft'),
  ...run(0x1e, 'KeyA KeyS KeyD KeyF KeyG KeyH KeyJ KeyK KeyL Semicolon Quote Backquote'),
  ...run(0x2a, 'ShiftLeft Backslash'),
  ...run(0x2c, 'KeyZ KeyX KeyC KeyV KeyB KeyN KeyM Comma Period Slash ShiftRight'),
  ...run(0x37, 'NumpadMultiply AltLeft Space CapsLock'),
  ...run(0x3b, 'F1 F2 F3 F4 F5 F6 F7 F8 F9 F10 NumLock ScrollLock'),
  ...run(0x47, 'Numpad7 Numpad8 Numpad9 NumpadSubtract Numpad4 Numpad5 Numpad6 NumpadAdd'),
  ...run(0x4f, 'Numpad1 Numpad2 Numpad3 Numpad0 NumpadDecimal'),
  // With Alt a keyboard sends 54, without it E0 37: QEMU has one key of both, under this number.
  ...run(0x54, 'PrintScreen F16 IntlBackslash F11 F12 NumpadEqual F20'),
  ...run(0x5d, 'F13 F14 F15'),
  ...run(0x64, 'Open Paste'),
  ['F23', 0x6d],
  ['F24', 0x6f],
  // Keys of Japanese, Korean and Brazilian boards.
  ...run(0x70, 'KanaMode Lang2 Lang1 IntlRo F21'),
  ...run(0x76, 'Lang5 Lang4 Lang3 Convert'),
  ['NonConvert', 0x7b],
  ...run(0x7d, 'IntlYen NumpadComma'),
  // After the prefix E0.
  ...run(0x83, 'F17 F19 Again Props Undo'),
  ['MediaTrackPrevious', 0x90],
  ['MediaTrackNext', 0x99],
  ...run(0x9c, 'NumpadEnter ControlRight'),
  ...run(0xa0, 'AudioVolumeMute LaunchApp2 MediaPlayPause'),
  ...run(0xa4, 'MediaStop Suspend'),
  ['AudioVolumeDown', 0xae],
  ['AudioVolumeUp', 0xb0],
  ['BrowserHome', 0xb2],
  ['NumpadDivide', 0xb5],
  ['AltRight', 0xb8],
  ['Cut', 0xbc],
  ['Find', 0xc1],
  ...run(0xc6, 'Pause Home ArrowUp PageUp'),
  ['ArrowLeft', 0xcb],
  ['ArrowRight', 0xcd],
  ...run(0xcf, 'End ArrowDown PageDown Insert Delete'),
  ...run(0xdb, 'MetaLeft MetaRight ContextMenu Power Sleep'),
  ['WakeUp', 0xe3],
  ...run(0xe5, 'BrowserSearch BrowserFavorites BrowserRefresh BrowserStop BrowserForward'),
  ...run(0xea, 'BrowserBack LaunchApp1 LaunchMail MediaSelect'),
  ...run(0xf5, 'Help NumpadParenLeft F18 Copy F22'),
  ['NumpadParenRight', 0xfb],
  ['Eject', 0xfd],
  // Names that browsers had for some of these before, or have on one system only.
  ['OSLeft', 0xdb],
  ['OSRight', 0xdc],
  ['VolumeMute', 0xa0],
  ['VolumeDown', 0xae],
  ['VolumeUp', 0xb0],
  ['Hiragana', 0x77],
  ['Katakana', 0x78],
  ['NumpadStar', 0x37],
]);
